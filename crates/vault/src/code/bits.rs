use zeroize::Zeroizing;

/// Bits in a row, the first of a number being its highest.
#[derive(Default)]
pub(crate) struct Bits(Zeroizing<Vec<bool>>);

impl Bits {
    /// Adds the lowest `count` bits of a number.
    pub(crate) fn push(&mut self, number: u64, count: u32) {
        self.0.extend((0..count).rev().map(|place| (number >> place) & 1 == 1));
    }

    /// The number of `count` bits that begin at `from`.
    pub(crate) fn take(&self, from: usize, count: u32) -> u64 {
        self.0.iter().skip(from).take(count as usize).fold(0, |number, bit| (number << 1) | u64::from(*bit))
    }

    /// The numbers of `count` bits each, as many as there are whole ones.
    pub(crate) fn pieces(&self, count: u32) -> impl Iterator<Item = u16> {
        self.0.chunks_exact(count as usize).map(|piece| piece.iter().fold(0, |number, bit| (number << 1) | u16::from(*bit)))
    }
}
