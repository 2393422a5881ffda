use access::OrganizationId;
use kernel::{Lang, Timestamp};

use super::{kind, prefecture};

db::row! {
    /// A body that people work at, as the master list has it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Organization {
        /// The id, which the tree of organizations uses too.
        pub id: OrganizationId,
        /// 医療機関コード, digits only.
        pub code: Option<String>,
        /// みほん市立総合病院
        pub name: String,
        /// ミホンシリツソウゴウビョウイン
        pub kana: String,
        /// The id of its kind in `data/institution-kinds.toml`.
        pub kind: String,
        /// The JIS code of its prefecture.
        pub prefecture: String,
        /// `000-0000`, empty if not known.
        pub postcode: String,
        /// What follows the prefecture.
        pub address: String,
        /// 病床数
        pub beds: Option<i64>,
        /// Whether it is invented, for the demo.
        pub sample: bool,
        /// When the list first had it.
        pub known_since: Timestamp,
    }
}

impl Organization {
    /// The name of its kind: 病院.
    pub fn kind_name(&self, lang: Lang) -> &'static str {
        kind(&self.kind).map_or("", |kind| kind.name(lang))
    }

    /// The name of its prefecture: 東京都.
    pub fn prefecture_name(&self, lang: Lang) -> &'static str {
        prefecture(&self.prefecture).map_or("", |prefecture| prefecture.name(lang))
    }
}
