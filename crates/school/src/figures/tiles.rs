//! Japan as tiles: one for each prefecture, about where it lies, with its number in it.

use kernel::Lang;
use kernel::small_cells::hidden_in_line;
use people::organizations::prefecture;
use std::collections::BTreeMap;
use web::Words;

use super::table::Cell;

/// How far tiles stand apart.
const STEP: usize = 54;

/// Where each prefecture lies: JIS code, column, row.
const PLACES: [(&str, usize, usize); 47] = [
    ("01", 11, 0),
    ("02", 11, 1),
    ("05", 10, 2),
    ("03", 11, 2),
    ("06", 10, 3),
    ("04", 11, 3),
    ("17", 8, 4),
    ("16", 9, 4),
    ("15", 10, 4),
    ("07", 11, 4),
    ("35", 2, 5),
    ("32", 3, 5),
    ("31", 4, 5),
    ("28", 5, 5),
    ("26", 6, 5),
    ("18", 7, 5),
    ("20", 8, 5),
    ("10", 9, 5),
    ("09", 10, 5),
    ("08", 11, 5),
    ("41", 0, 6),
    ("40", 1, 6),
    ("34", 3, 6),
    ("33", 4, 6),
    ("27", 5, 6),
    ("25", 6, 6),
    ("21", 7, 6),
    ("19", 8, 6),
    ("11", 9, 6),
    ("13", 10, 6),
    ("12", 11, 6),
    ("42", 0, 7),
    ("44", 1, 7),
    ("38", 2, 7),
    ("37", 3, 7),
    ("29", 5, 7),
    ("24", 6, 7),
    ("23", 7, 7),
    ("22", 8, 7),
    ("14", 9, 7),
    ("43", 0, 8),
    ("45", 1, 8),
    ("39", 2, 8),
    ("36", 3, 8),
    ("30", 5, 8),
    ("46", 1, 9),
    ("47", 0, 10),
];

/// A tile.
pub struct Tile {
    pub x: usize,
    pub y: usize,
    /// 神奈川
    pub name: String,
    /// 123, or that it is hidden.
    pub shown: String,
    /// How dark it is, from 0 to 4.
    pub shade: usize,
}

/// The tiles of these numbers.
pub fn tiles(w: Words, counts: &BTreeMap<String, i64>, is_open: bool) -> Vec<Tile> {
    let number = |code: &str| counts.get(code).copied().unwrap_or(0);
    // In the order of the table, with those of nowhere, so that both hide the same.
    let mut codes: Vec<&str> = PLACES.iter().map(|(code, ..)| *code).collect();
    codes.sort_unstable();
    let mut numbers: Vec<i64> = codes.iter().map(|code| number(code)).collect();
    let others = counts.values().sum::<i64>() - numbers.iter().sum::<i64>();
    if others != 0 {
        numbers.push(others);
    }
    let hidden = if is_open { vec![false; numbers.len()] } else { hidden_in_line(&numbers) };
    let most = numbers.iter().zip(&hidden).filter(|(_, hidden)| !**hidden).map(|(n, _)| *n).max().unwrap_or(0).max(1);
    PLACES
        .iter()
        .map(|(code, column, row)| {
            let is_hidden = codes.binary_search(code).is_ok_and(|at| hidden[at]);
            let n = if is_hidden { 0 } else { number(code) };
            Tile {
                x: column * STEP,
                y: row * STEP,
                name: prefecture(code).map_or_else(String::new, |prefecture| short(prefecture.name(w.lang), w.lang)),
                shown: Cell::of(n, is_hidden).shown(),
                shade: if n == 0 { 0 } else { usize::try_from((n * 4 + most - 1) / most).unwrap_or(4).clamp(1, 4) },
            }
        })
        .collect()
}

/// 東京, 北海道, `Tok.`: what fits on a tile.
fn short(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja if name == "北海道" => name.to_owned(),
        // One sign, not several: 京都府 is 京都.
        Lang::Ja => name.strip_suffix(['都', '府', '県']).unwrap_or(name).to_owned(),
        Lang::En => name.chars().take(6).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use people::organizations::prefectures;
    use std::collections::BTreeSet;

    #[test]
    fn every_prefecture_has_a_tile_of_its_own() {
        let codes: BTreeSet<&str> = PLACES.iter().map(|(code, ..)| *code).collect();
        assert!(prefectures().iter().all(|prefecture| codes.contains(prefecture.id.as_str())));
        let places: BTreeSet<(usize, usize)> = PLACES.iter().map(|(_, column, row)| (*column, *row)).collect();
        assert_eq!((codes.len(), places.len()), (47, 47));
    }

    #[test]
    fn names_fit() {
        let fits = |name: &str| short(name, Lang::Ja).chars().count() <= 3;
        assert!(prefectures().iter().all(|prefecture| fits(prefecture.name(Lang::Ja))));
        assert_eq!(short("京都府", Lang::Ja), "京都");
    }
}
