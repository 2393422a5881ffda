//! Moving neighbours apart, so that no word covers another.

/// Centres as near as possible to the wanted ones, in the same order, each clear of the next by `gap` and within `left` and `right`.
///
/// `wanted` rises. If everything together is wider than the room, it begins at `left` and reaches beyond `right`.
pub fn spread(wanted: &[f64], widths: &[f64], gap: f64, (left, right): (f64, f64)) -> Vec<f64> {
    let (Some(first), Some(last)) = (widths.first(), widths.last()) else { return Vec::new() };
    // With each centre measured from where it would stand in a closely packed row, being clear of each other means to rise.
    let packed: Vec<f64> = std::iter::once(0.0)
        .chain(widths.windows(2).scan(0.0, |reached, pair| {
            *reached += f64::midpoint(pair[0], pair[1]) + gap;
            Some(*reached)
        }))
        .collect();
    let length = packed.last().copied().unwrap_or(0.0);
    let (lowest, highest) = (left + first / 2.0, right - last / 2.0 - length);
    let free: Vec<f64> = wanted.iter().zip(&packed).map(|(wanted, packed)| wanted - packed).collect();
    rising(&free).into_iter().zip(&packed).map(|(free, packed)| free.min(highest).max(lowest) + packed).collect()
}

/// The rising sequence nearest to this one (least squares): neighbours that fall are pooled at their mean until none does.
fn rising(values: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for value in values {
        let mut pool = (*value, 1);
        while let Some(before) = pools.pop_if(|before| before.0 / count(before.1) > pool.0 / count(pool.1)) {
            pool = (before.0 + pool.0, before.1 + pool.1);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(sum, n)| std::iter::repeat_n(sum / count(n), n)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen words")]
const fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_room_stays_where_it_is() {
        assert_eq!(spread(&[10.0, 50.0, 90.0], &[20.0; 3], 4.0, (0.0, 100.0)), [10.0, 50.0, 90.0]);
    }

    #[test]
    fn what_is_too_near_moves_apart_evenly() {
        assert_eq!(spread(&[50.0, 50.0], &[20.0, 20.0], 4.0, (0.0, 100.0)), [38.0, 62.0]);
    }

    #[test]
    fn nothing_leaves_the_room() {
        assert_eq!(spread(&[0.0, 1.0, 99.0], &[20.0; 3], 0.0, (0.0, 100.0)), [10.0, 30.0, 90.0]);
        assert_eq!(spread(&[99.0, 99.0], &[20.0; 2], 0.0, (0.0, 100.0)), [70.0, 90.0]);
    }
}
