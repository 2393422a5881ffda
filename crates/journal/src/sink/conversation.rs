//! What is said on one line: the few commands of RFC 5321 that a client needs.

use std::io;
use std::sync::Mutex;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{Kept, Mood, lock};

/// The longest command line, with room to spare.
const LINE: u64 = 4096;

/// The largest letter.
const LETTER: usize = 10 * 1024 * 1024;

/// How long the sink waits for somebody who says nothing.
const SILENCE: Duration = Duration::from_mins(5);

/// The letter that is being handed over.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
    mood: Option<Mood>,
}

struct Talk<'k> {
    stream: BufReader<TcpStream>,
    kept: &'k Mutex<Kept>,
    envelope: Envelope,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
enum Then {
    GoOn,
    End,
}

/// Talks to a client until it says good-bye or leaves.
pub(super) async fn hold(stream: TcpStream, kept: &Mutex<Kept>) -> io::Result<()> {
    let mut talk = Talk { stream: BufReader::new(stream), kept, envelope: Envelope::default() };
    talk.say("220 localhost mail sink").await?;
    while let Some(line) = talk.hear().await? {
        let command = String::from_utf8_lossy(&line).trim_end().to_owned();
        if talk.obey(&command).await? == Then::End {
            break;
        }
    }
    Ok(())
}

impl Talk<'_> {
    async fn obey(&mut self, command: &str) -> io::Result<Then> {
        let verb = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => self.say(&format!("250-localhost\r\n250-SIZE {LETTER}\r\n250 8BITMIME")).await?,
            "HELO" => self.say("250 localhost").await?,
            "NOOP" => self.say("250 here").await?,
            "RSET" => {
                self.envelope = Envelope::default();
                self.say("250 forgotten").await?;
            }
            "MAIL" => self.sender(command).await?,
            "RCPT" => self.recipient(command).await?,
            "DATA" => return self.letter().await,
            "QUIT" => {
                self.say("221 good-bye").await?;
                return Ok(Then::End);
            }
            _ => self.say("502 not known here").await?,
        }
        Ok(Then::GoOn)
    }

    async fn sender(&mut self, command: &str) -> io::Result<()> {
        let Some(from) = address_in(command) else { return self.say("501 no address").await };
        // Each letter meets the next mood.
        let mood = lock(self.kept).moods.pop_front();
        if let Some(Mood::RefuseSender(code)) = mood {
            return self.say(&format!("{code} not from you")).await;
        }
        self.envelope = Envelope { from: Some(from), to: Vec::new(), mood };
        self.say("250 noted").await
    }

    async fn recipient(&mut self, command: &str) -> io::Result<()> {
        let Some(to) = address_in(command) else { return self.say("501 no address").await };
        if self.envelope.from.is_none() {
            return self.say("503 from whom?").await;
        }
        if let Some(Mood::RefuseRecipient(code)) = self.envelope.mood {
            return self.say(&format!("{code} not {to}")).await;
        }
        self.envelope.to.push(to);
        self.say("250 noted").await
    }

    async fn letter(&mut self) -> io::Result<Then> {
        if self.envelope.to.is_empty() {
            self.say("503 to whom?").await?;
            return Ok(Then::GoOn);
        }
        self.say("354 speak, end with a dot").await?;
        let mut raw = Vec::new();
        let mut too_long = false;
        loop {
            let Some(line) = self.hear().await? else { return Ok(Then::End) };
            if self.envelope.mood == Some(Mood::BreakOff) {
                return Ok(Then::End);
            }
            if line == b".\r\n" {
                break;
            }
            // A line that begins with a dot was given another one on its way.
            let line = line.strip_prefix(b".").unwrap_or(&line);
            too_long |= raw.len() + line.len() > LETTER;
            if !too_long {
                raw.extend_from_slice(line);
            }
        }
        let Envelope { from, to, mood } = std::mem::take(&mut self.envelope);
        match mood {
            Some(Mood::RefuseLetter(code)) => self.say(&format!("{code} not this one")).await?,
            _ if too_long => self.say("552 too long").await?,
            mood => {
                lock(self.kept).keep(from.unwrap_or_default(), to, raw);
                match mood {
                    Some(Mood::TakeAndBreakOff) => return Ok(Then::End),
                    Some(Mood::TakeAndFallSilent) => std::future::pending().await,
                    _ => {}
                }
                self.say("250 taken").await?;
            }
        }
        Ok(Then::GoOn)
    }

    /// The next line with its end; nothing if the client has left or has said nothing for long.
    async fn hear(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.stream).take(LINE);
        match tokio::time::timeout(SILENCE, bounded.read_until(b'\n', &mut line)).await {
            Ok(read) => Ok((read? > 0).then_some(line)),
            Err(_) => Ok(None),
        }
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        self.stream.write_all(format!("{answer}\r\n").as_bytes()).await
    }
}

/// What stands between `<` and `>`.
fn address_in(command: &str) -> Option<String> {
    let (_, rest) = command.split_once('<')?;
    let (address, _) = rest.rsplit_once('>')?;
    Some(address.to_owned())
}
