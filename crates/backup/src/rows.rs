//! Rows as bytes: the count of a row's values, then each with its kind and its length.

use db::{Arg, Value};
use std::io::{self, ErrorKind, Read, Write};

/// A value is at most this long, so that a damaged length asks for no more memory than there may be.
const LONGEST: u32 = 1 << 30;

pub(crate) fn write(out: &mut impl Write, values: &[Value<'_>]) -> io::Result<()> {
    out.write_all(&u16::try_from(values.len()).map_err(io::Error::other)?.to_be_bytes())?;
    for value in values {
        match value {
            Value::Null => out.write_all(&[0])?,
            Value::Int(number) => long(out, 1, &number.to_be_bytes())?,
            Value::Bool(yes) => long(out, 1, &i64::from(*yes).to_be_bytes())?,
            Value::Text(text) => sized(out, 2, text.as_bytes())?,
            Value::Bytes(bytes) => sized(out, 3, bytes)?,
            Value::Uuid(id) => sized(out, 3, id.as_bytes())?,
            Value::Real(_) => return Err(io::Error::new(ErrorKind::Unsupported, "a number with a fraction")),
        }
    }
    Ok(())
}

fn long(out: &mut impl Write, kind: u8, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&[kind])?;
    out.write_all(bytes)
}

fn sized(out: &mut impl Write, kind: u8, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= LONGEST);
    let length = length.ok_or_else(|| io::Error::new(ErrorKind::Unsupported, "a value of more than a gigabyte"))?;
    long(out, kind, &length.to_be_bytes())?;
    out.write_all(bytes)
}

/// The next row; nothing at the end.
pub(crate) fn read(from: &mut impl Read) -> io::Result<Option<Vec<Arg>>> {
    let mut count = [0; 2];
    if from.read(&mut count[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut count[1..])?;
    (0..u16::from_be_bytes(count)).map(|_| value(from)).collect::<io::Result<_>>().map(Some)
}

fn value(from: &mut impl Read) -> io::Result<Arg> {
    let nonsense = || io::Error::new(ErrorKind::InvalidData, "a row makes no sense");
    let [kind] = exactly(from)?;
    match kind {
        0 => Ok(Arg::Null),
        1 => exactly(from).map(|bytes| Arg::Int(i64::from_be_bytes(bytes))),
        2 | 3 => {
            let length = u32::from_be_bytes(exactly(from)?);
            if length > LONGEST {
                return Err(nonsense());
            }
            let mut bytes = Vec::new();
            from.take(length.into()).read_to_end(&mut bytes)?;
            if bytes.len() as u64 != u64::from(length) {
                return Err(nonsense());
            }
            if kind == 3 { Ok(Arg::Bytes(bytes)) } else { String::from_utf8(bytes).map(Arg::Text).map_err(|_| nonsense()) }
        }
        _ => Err(nonsense()),
    }
}

fn exactly<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_and_half_of_one_does_not() {
        let values = [Value::Null, Value::Int(-7), Value::Bool(true), Value::Text("電子カルテ"), Value::Bytes(&[0, 255])];
        let mut bytes = Vec::new();
        write(&mut bytes, &values).unwrap();
        let back = [Arg::Null, Arg::Int(-7), Arg::Int(1), Arg::Text("電子カルテ".to_owned()), Arg::Bytes(vec![0, 255])];
        let mut rest = bytes.as_slice();
        assert_eq!(read(&mut rest).unwrap().unwrap(), back);
        assert_eq!(read(&mut rest).unwrap(), None);
        for length in 1..bytes.len() {
            assert!(read(&mut &bytes[..length]).is_err(), "cut at {length}");
        }
        assert!(write(&mut Vec::new(), &[Value::Real(0.5)]).is_err());
    }
}
