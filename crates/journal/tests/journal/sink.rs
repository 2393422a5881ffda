use db::testing::run;
use journal::sink::Sink;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Says all this to the sink at once and gives back what it answered.
async fn says(sink: &Sink, words: &str) -> String {
    let mut line = TcpStream::connect(sink.address()).await.unwrap();
    line.write_all(words.as_bytes()).await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    answer
}

const LETTER: &str = "From: a@example.jp\r\nTo: b@example.jp\r\nMessage-ID: <1@example.jp>\r\nSubject: =?utf-8?B?56CU5L+u?=\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5pys5paH\r\n\
--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>hello\r\n\
--a\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--a--\r\n\
--m\r\nContent-Type: application/ics; name=\"invite.ics\"\r\nContent-Disposition: attachment; filename=\"invite.ics\"\r\n\
Content-Transfer-Encoding: base64\r\n\r\nQkVHSU46VkNBTEVOREFS\r\n--m--\r\n";

#[test]
fn a_letter_is_taken_apart() {
    run(async {
        let sink = Sink::start().await.unwrap();
        let words = format!("EHLO x\r\nMAIL FROM:<a@example.jp>\r\nRCPT TO:<b@example.jp>\r\nDATA\r\n{LETTER}.\r\nQUIT\r\n");
        assert!(says(&sink, &words).await.ends_with("250 taken\r\n221 good-bye\r\n"));
        let letters = sink.letters();
        let letter = &letters[0];
        assert_eq!((letter.number, letter.subject.as_str(), letter.message_id.as_str()), (1, "研修", "1@example.jp"));
        assert_eq!((letter.text.as_deref(), letter.html.as_deref()), (Some("本文"), Some("<p>hello")));
        let parts: Vec<_> =
            letter.attachments.iter().map(|part| (part.content_type.as_str(), part.name.as_deref(), part.method.as_deref())).collect();
        assert_eq!(parts, [("text/calendar", None, Some("REQUEST")), ("application/ics", Some("invite.ics"), None)]);
        assert_eq!(letter.attachments[1].bytes, b"BEGIN:VCALENDAR");
        assert_eq!(letter.raw, LETTER.as_bytes());
        assert_eq!(sink.letter(1).unwrap(), letters[0]);
        sink.clear();
        assert!(sink.letters().is_empty());
    });
}

#[test]
fn one_line_carries_several_letters_and_forgets_half_of_one() {
    run(async {
        let sink = Sink::start().await.unwrap();
        let one = "MAIL FROM:<a@example.jp>\r\nRCPT TO:<b@example.jp>\r\nRCPT TO:<c@example.jp>\r\nDATA\r\n..\r\n...\r\n.\r\n";
        let words = format!("HELO x\r\n{one}MAIL FROM:<a@example.jp>\r\nRSET\r\nRCPT TO:<b@example.jp>\r\nDATA\r\nNOOP\r\n{one}QUIT\r\n");
        let answer = says(&sink, &words).await;
        assert_eq!((answer.matches("250 taken").count(), answer.matches("503").count()), (2, 2), "{answer}");
        let letters = sink.letters();
        assert_eq!(letters.iter().map(|letter| letter.number).collect::<Vec<_>>(), [2, 1], "newest first");
        assert_eq!(letters[0].to, ["b@example.jp", "c@example.jp"]);
        assert_eq!(letters[0].raw, b".\r\n..\r\n", "the dots that were added on the way are gone");
    });
}

#[test]
fn the_oldest_letters_are_forgotten() {
    run(async {
        let sink = Sink::start().await.unwrap();
        let one = "MAIL FROM:<a@example.jp>\r\nRCPT TO:<b@example.jp>\r\nDATA\r\nSubject: x\r\n\r\n.\r\n";
        says(&sink, &format!("{}QUIT\r\n", one.repeat(1003))).await;
        let numbers: Vec<_> = sink.letters().iter().map(|letter| letter.number).collect();
        assert_eq!((numbers.len(), numbers[0], numbers[999]), (1000, 1003, 4));
    });
}

#[test]
fn what_is_too_long_is_refused() {
    run(async {
        let sink = Sink::start().await.unwrap();
        let body = format!("{}\r\n", "x".repeat(1000)).repeat(11_000);
        let words = format!("EHLO x\r\nMAIL FROM:<a@example.jp>\r\nRCPT TO:<b@example.jp>\r\nDATA\r\n{body}.\r\nQUIT\r\n");
        assert!(says(&sink, &words).await.contains("552"));
        assert!(sink.letters().is_empty());
    });
}
