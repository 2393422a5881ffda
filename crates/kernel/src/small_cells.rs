//! Small cells: a number so small that somebody might be recognized does not leave those who work with it, nor does what would give it
//! away by subtraction.

/// A number below this, and above nought, is hidden.
pub const FEWEST: i64 = 5;

/// A row or a column: its cells, by place.
type Line = Vec<(usize, usize)>;

/// Which cells of a grid are hidden, given that the totals of rows, and of columns where `sums_columns`, are known.
///
/// First those that are small. Then, as long as the hidden cells of a line could be told from its total (there is only one of
/// them, or together they are small), the smallest other one of that line.
pub fn hidden(cells: &[Vec<i64>], sums_columns: bool) -> Vec<Vec<bool>> {
    hidden_beside(cells, cells.iter().map(|row| vec![false; row.len()]).collect(), sums_columns)
}

/// The same, where these are hidden already for another reason.
pub fn hidden_beside(cells: &[Vec<i64>], mut hidden: Vec<Vec<bool>>, sums_columns: bool) -> Vec<Vec<bool>> {
    for (row, hidden) in cells.iter().zip(&mut hidden) {
        row.iter().zip(hidden).for_each(|(n, hidden)| *hidden |= (1..FEWEST).contains(n));
    }
    let mut lines: Vec<Line> = cells.iter().enumerate().map(|(y, row)| (0..row.len()).map(|x| (y, x)).collect()).collect();
    if sums_columns {
        let width = cells.iter().map(Vec::len).max().unwrap_or(0);
        lines.extend((0..width).map(|x| (0..cells.len()).filter(|y| x < cells[*y].len()).map(|y| (y, x)).collect::<Line>()));
    }
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        for line in &lines {
            while let Some((y, x)) = gives_away(cells, &hidden, line) {
                hidden[y][x] = true;
                is_settled = false;
            }
        }
    }
    hidden
}

/// The cell that has to be hidden too, so that the total of the line does not give away those that are.
fn gives_away(cells: &[Vec<i64>], hidden: &[Vec<bool>], line: &Line) -> Option<(usize, usize)> {
    let (covered, open): (Line, Line) = line.iter().partition(|(y, x)| hidden[*y][*x]);
    let sum: i64 = covered.iter().map(|(y, x)| cells[*y][*x]).sum();
    if covered.is_empty() || (covered.len() > 1 && sum >= FEWEST) {
        return None;
    }
    // A nought says little, and is taken last.
    open.into_iter().min_by_key(|(y, x)| (cells[*y][*x] == 0, cells[*y][*x]))
}

/// Which numbers of one line are hidden.
pub fn hidden_in_line(cells: &[i64]) -> Vec<bool> {
    hidden(&[cells.to_vec()], false).remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_small_number_takes_a_second_with_it() {
        assert_eq!(hidden_in_line(&[10, 3, 7, 0]), [false, true, true, false]);
        assert_eq!(hidden_in_line(&[10, 7, 0]), [false, false, false]);
        assert_eq!(hidden_in_line(&[1, 2, 9]), [true, true, true], "three in all would be told by two hidden cells");
        assert_eq!(hidden_in_line(&[2, 4, 9]), [true, true, false]);
        assert_eq!(hidden_in_line(&[3, 0]), [true, true]);
        assert_eq!(hidden_in_line(&[]), [false; 0]);
    }

    proptest! {
        #[test]
        fn no_total_gives_a_hidden_cell_away(cells in prop::collection::vec(prop::collection::vec(0..30_i64, 4), 1..6)) {
            let hidden = hidden(&cells, true);
            let rows = (0..cells.len()).map(|y| (0..4).map(|x| (y, x)).collect::<Line>());
            let columns = (0..4).map(|x| (0..cells.len()).map(|y| (y, x)).collect::<Line>());
            for line in rows.chain(columns) {
                let covered: Vec<i64> = line.iter().filter(|(y, x)| hidden[*y][*x]).map(|(y, x)| cells[*y][*x]).collect();
                let all_covered = covered.len() == line.len();
                prop_assert!(covered.is_empty() || all_covered || (covered.len() > 1 && covered.iter().sum::<i64>() >= FEWEST));
            }
            for (y, row) in cells.iter().enumerate() {
                for (x, n) in row.iter().enumerate() {
                    prop_assert!(hidden[y][x] || *n == 0 || *n >= FEWEST);
                }
            }
        }
    }
}
