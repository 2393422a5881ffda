//! The axes of a case. They are stored apart; stage and urgency follow from them.

use serde::{Deserialize, Serialize};

use crate::words::{NotAWord, words};

words! {
    /// 広がり
    Spread {
        /// Never asked, which is not わからない.
        Unanswered = "unanswered",
        /// おかしい端末はない
        None = "none",
        /// 1台
        One = "one",
        /// わからない
        Unknown = "unknown",
        /// 2台以上
        Several = "several",
        /// サーバー・多くの部署
        Wide = "wide",
    }
}

words! {
    /// バックアップ
    Backup {
        /// Never asked.
        Unanswered = "unanswered",
        /// 離してあり、戻す練習もした
        Offline = "offline",
        /// あるが、つながっていた・試していない
        Connected = "connected",
        /// 壊された・ない
        Gone = "gone",
        /// わからない
        Unknown = "unknown",
    }
}

words! {
    /// 対策ソフト
    Product {
        /// Never asked.
        Unanswered = "unanswered",
        /// 注意が出ただけ
        Notice = "notice",
        /// 検出し、隔離・駆除した
        Contained = "contained",
        /// 調べたが、何も検出していない
        Silent = "silent",
        /// 止まっている・止められた
        Stopped = "stopped",
        /// わからない
        Unknown = "unknown",
    }
}

words! {
    /// 診療への影響
    CareImpact {
        /// Never asked.
        Unanswered = "unanswered",
        /// 影響なし
        None = "none",
        /// 遅れている
        Slower = "slower",
        /// 一部が止まった
        SomeStopped = "some-stopped",
        /// 救急・手術・重症に影響
        Emergency = "emergency",
        /// わからない
        Unknown = "unknown",
    }
}

words! {
    /// 情報の持ち出し
    DataExit {
        /// Never asked.
        Unanswered = "unanswered",
        /// 調べて、しるしがない
        None = "none",
        /// わからない
        Unknown = "unknown",
        /// 疑いがある
        Suspected = "suspected",
        /// 確かめた・公開された
        Seen = "seen",
    }
}

words! {
    /// 入口
    Path {
        /// Never asked.
        Unanswered = "unanswered",
        /// わからない
        Unknown = "unknown",
        /// メール
        Mail = "mail",
        /// ホームページ・閲覧
        Web = "web",
        /// USBメモリなど
        Usb = "usb",
        /// VPN・遠隔保守
        Vpn = "vpn",
        /// 委託先
        Supplier = "supplier",
    }
}

macro_rules! axis {
    ($axis:ident: $($answer:ident),*) => {
        impl $axis {
            /// What can be answered, in the order of the page.
            pub const ANSWERS: &'static [Self] = &[$(Self::$answer,)* Self::Unknown];

            /// Whether somebody has answered, be it that they do not know.
            pub const fn is_answered(self) -> bool {
                !matches!(self, Self::Unanswered)
            }
        }

        impl Default for $axis {
            fn default() -> Self {
                Self::Unanswered
            }
        }
    };
}

axis!(Spread: None, One, Several, Wide);
axis!(Backup: Offline, Connected, Gone);
axis!(Product: Notice, Contained, Silent, Stopped);
axis!(CareImpact: None, Slower, SomeStopped, Emergency);
axis!(DataExit: None, Suspected, Seen);
axis!(Path: Mail, Web, Usb, Vpn, Supplier);

/// Everything that stage and urgency follow from.
///
/// The variants of each axis stand from light to heavy, わからない where it counts, so that the heavier of two is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axes {
    /// 広がり
    pub spread: Spread,
    /// バックアップ
    pub backup: Backup,
    /// 対策ソフト
    pub product: Product,
    /// 診療への影響
    pub care_impact: CareImpact,
    /// 情報の持ち出し
    pub data_exit: DataExit,
    /// 入口
    pub path: Path,
}

/// How an answer moves an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To this value.
    Set,
    /// To this value, unless it stands at a heavier one.
    AtLeast,
    /// To this value, if it was never asked.
    Default,
}

impl Axes {
    /// Nothing was asked yet.
    pub const UNANSWERED: Self = Self {
        spread: Spread::Unanswered,
        backup: Backup::Unanswered,
        product: Product::Unanswered,
        care_impact: CareImpact::Unanswered,
        data_exit: DataExit::Unanswered,
        path: Path::Unanswered,
    };

    /// The names of the axes, as in `data/desk/`.
    pub const NAMES: [&'static str; 6] = ["spread", "backup", "product", "care_impact", "data_exit", "path"];

    /// Whether anything is known from which a stage follows.
    pub const fn has_begun(&self) -> bool {
        self.spread.is_answered() || self.backup.is_answered() || self.product.is_answered()
    }

    /// The heavier of each axis.
    #[must_use]
    pub fn heavier(&self, other: &Self) -> Self {
        Self {
            spread: self.spread.max(other.spread),
            backup: self.backup.max(other.backup),
            product: self.product.max(other.product),
            care_impact: self.care_impact.max(other.care_impact),
            data_exit: self.data_exit.max(other.data_exit),
            path: self.path.max(other.path),
        }
    }

    /// Moves one axis by its name and the word of its value.
    pub fn shift(&mut self, axis: &str, value: &str, how: Move) -> Result<(), NotAWord> {
        match axis {
            "spread" => shift(&mut self.spread, value.parse()?, Spread::Unanswered, how),
            "backup" => shift(&mut self.backup, value.parse()?, Backup::Unanswered, how),
            "product" => shift(&mut self.product, value.parse()?, Product::Unanswered, how),
            "care_impact" => shift(&mut self.care_impact, value.parse()?, CareImpact::Unanswered, how),
            "data_exit" => shift(&mut self.data_exit, value.parse()?, DataExit::Unanswered, how),
            "path" => shift(&mut self.path, value.parse()?, Path::Unanswered, how),
            _ => return Err(NotAWord),
        }
        Ok(())
    }
}

fn shift<T: Ord + Copy>(axis: &mut T, value: T, unanswered: T, how: Move) {
    let goes = match how {
        Move::Set => true,
        Move::AtLeast => value > *axis,
        Move::Default => *axis == unanswered,
    };
    if goes {
        *axis = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_is_raised_and_not_lowered() {
        let mut axes = Axes::UNANSWERED;
        axes.shift("spread", "one", Move::AtLeast).unwrap();
        assert_eq!(axes.spread, Spread::One);
        axes.shift("spread", "wide", Move::Set).unwrap();
        axes.shift("spread", "several", Move::AtLeast).unwrap();
        assert_eq!(axes.spread, Spread::Wide);
        axes.shift("spread", "none", Move::Set).unwrap();
        assert_eq!(axes.spread, Spread::None, "a slip of the finger is mended");
    }

    #[test]
    fn unknown_counts_as_worse() {
        assert!(CareImpact::Unknown > CareImpact::Emergency);
        assert!(Backup::Unknown > Backup::Gone && Product::Unknown > Product::Stopped);
        assert!(Spread::One < Spread::Unknown && Spread::Unknown < Spread::Several);
    }

    #[test]
    fn a_default_fills_what_was_never_asked() {
        let mut axes = Axes::UNANSWERED;
        axes.shift("data_exit", "unknown", Move::Default).unwrap();
        assert_eq!(axes.data_exit, DataExit::Unknown);
        axes.shift("data_exit", "seen", Move::Set).unwrap();
        axes.shift("data_exit", "unknown", Move::Default).unwrap();
        assert_eq!(axes.data_exit, DataExit::Seen);
        assert_eq!(axes.shift("chart", "down", Move::Set), Err(NotAWord), "not an axis");
        assert_eq!(axes.shift("spread", "much", Move::Set), Err(NotAWord));
    }
}
