use kernel::Lang;
use people::organizations::kind;
use web::Words;

/// Bars on the picture; the table beside it has them all.
const BARS: usize = 8;

/// Characters of a label that fit beside a bar.
const LABEL: usize = 5;

/// How wide a whole bar is.
const WIDTH: f64 = 150.0;

/// A kind of workplace with the number of its people.
pub struct Bar {
    /// Where the bar stands.
    pub y: usize,
    /// The word beside it, cut to fit.
    pub label: String,
    /// How long it is.
    pub width: f64,
    /// The number.
    pub n: i64,
    /// The whole word, for the table.
    pub name: String,
}

/// How many hold a seat, by kind of workplace: a picture, and the same as a table.
pub struct Figures {
    /// Every kind, the most first.
    pub bars: Vec<Bar>,
    /// The picture in words.
    pub words: String,
}

impl Figures {
    /// The figures of these counts.
    pub fn of(w: Words, counts: &[(String, i64)]) -> Self {
        let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a bar need not be exact beyond 2^52 people")]
        let bars: Vec<Bar> = counts
            .iter()
            .enumerate()
            .map(|(index, (id, n))| {
                let name = kind(id).map_or_else(|| w.t("office-kind-unknown"), |kind| kind.name(w.lang).to_owned());
                Bar { y: index * 32 + 21, label: short(&name, w.lang), width: *n as f64 / most as f64 * WIDTH, n: *n, name }
            })
            .collect();
        let said: Vec<String> = bars.iter().map(|bar| w.with("office-bar", &[("kind", &bar.name), ("n", &bar.n.to_string())])).collect();
        Self { words: w.one("office-bars", "list", &said.join(w.lang.pick("、", ", "))), bars }
    }

    /// The bars that fit on the picture.
    pub fn drawn(&self) -> &[Bar] {
        &self.bars[..self.bars.len().min(BARS)]
    }

    /// How high the picture is.
    pub fn height(&self) -> usize {
        self.drawn().len() * 32
    }
}

/// As much of a name as fits: full-width letters take twice the room of Latin ones.
fn short(name: &str, lang: Lang) -> String {
    let most = lang.pick(LABEL, LABEL * 2);
    if name.chars().count() <= most { name.to_owned() } else { format!("{}…", name.chars().take(most - 1).collect::<String>()) }
}
