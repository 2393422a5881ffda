//! Seals a file as an export does, for whoever checks that another program opens it: `sealed_file FROM TO` prints what opens it.

use std::io::Write as _;
use std::{env, fs};

use uuid::Uuid;
use vault::SecretKey;
use vault::frames::{FRAME_BYTES, Sealer, count};

fn main() -> std::io::Result<()> {
    let (Some(from), Some(to)) = (env::args_os().nth(1), env::args_os().nth(2)) else {
        return Err(std::io::Error::other("sealed_file FROM TO"));
    };
    let contents = fs::read(from)?;
    let key = SecretKey::generate();
    let (sealer, header) = Sealer::new(&key.public(), Uuid::from_u128(1), Uuid::from_u128(2));
    let mut sealed = fs::File::create(to)?;
    sealed.write_all(&header)?;
    let frames = count(contents.len() as u64);
    let mut pieces = contents.chunks(FRAME_BYTES);
    for index in 0..frames {
        sealed.write_all(&sealer.frame(index, index + 1 == frames, pieces.next().unwrap_or_default()))?;
    }
    println!("{}", hex::encode(key.expose()));
    Ok(())
}
