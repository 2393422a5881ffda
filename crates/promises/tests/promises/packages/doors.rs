//! Hosts of packages, and what units on other hosts may ask for.

use both_engines::both_engines;
use http::{Method, StatusCode};
use serde_json::json;

use super::{essentials, program, send};
use crate::site::Site;

/// The host of a launch.
fn host(url: &str) -> String {
    url.split('/').nth(2).expect("a host").to_owned()
}

#[both_engines]
async fn files_of_a_package_are_served_under_the_host_of_its_launch_and_nowhere_else(site: Site) {
    let program = program(&site).await;
    let package = program.imports(essentials()).await;
    let first = program.launches(&package, 0, json!({})).await;
    let second = program.launches(&package, 0, json!({ "registration": first.registration })).await;
    assert_ne!(host(&first.url), host(&second.url), "each launch has a host of its own");
    let host = host(&second.url);
    let page = send(&site, Method::GET, "/index.html?a=1", &[("host", &host), ("cookie", "__Host-sid=x")], "").await;
    assert!(page.is(StatusCode::OK).body().contains("unit.js"));
    assert_eq!(page.header("content-type"), "text/html");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("sandbox allow-scripts allow-same-origin") && policy.contains("connect-src 'self' https://mist.example.jp/xapi/")
    );
    assert!(!policy.contains("allow-top-navigation") && policy.contains("object-src 'none'"));
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(page.headers.get("set-cookie").is_none());
    let script = send(&site, Method::GET, "/js/unit.js", &[("host", &host)], "").await;
    assert_eq!(script.is(StatusCode::OK).header("content-type"), "text/javascript");
    let part = send(&site, Method::GET, "/js/unit.js", &[("host", &host), ("range", "bytes=0-7")], "").await;
    assert_eq!(part.is(StatusCode::PARTIAL_CONTENT).body(), "document");
    send(&site, Method::GET, "/%E7%94%BB%E5%83%8F/a%20b.svg", &[("host", &host)], "").await.is(StatusCode::OK);
    for nothing in ["/", "/nothing.html", "/../cmi5.xml.bak", "/js", "/my/packages", "/staff", "/xapi/about", "/%ff"] {
        send(&site, Method::GET, nothing, &[("host", &host)], "").await.is(StatusCode::NOT_FOUND);
    }
    send(&site, Method::POST, "/index.html", &[("host", &host)], "").await.is(StatusCode::METHOD_NOT_ALLOWED);
    let nobody = "00000000000000000000000000000000.pkg.example.net";
    send(&site, Method::GET, "/index.html", &[("host", nobody)], "").await.is(StatusCode::NOT_FOUND);
    // The portal itself knows nothing of these addresses.
    send(&site, Method::GET, "/index.html", &[("host", "mist.example.jp")], "").await.is(StatusCode::NOT_FOUND);
    site.later(kernel::Span::hours(25));
    send(&site, Method::GET, "/index.html", &[("host", &host)], "").await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn units_on_other_hosts_ask_the_store_and_nothing_else(site: Site) {
    let ask = [
        ("origin", "https://content.example.com"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "authorization,content-type,x-experience-api-version"),
    ];
    for path in ["/xapi/1.0.3/statements", "/xapi/1.0.3/activities/state", "/xapi/sessions/x"] {
        let answer = send(&site, Method::OPTIONS, path, &ask, "").await;
        answer.is(StatusCode::OK);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(answer.header("access-control-allow-headers").contains("authorization"));
        assert!(answer.header("access-control-allow-methods").contains("PUT"));
        assert!(answer.headers.get("access-control-allow-credentials").is_none(), "no cookie goes along");
    }
    for path in ["/api/v1/packages", "/my/packages", "/staff/packages", "/sign-in"] {
        let answer = send(&site, Method::OPTIONS, path, &ask, "").await;
        assert!(answer.headers.get("access-control-allow-origin").is_none(), "{path}");
    }
}

#[both_engines]
async fn a_slash_too_much_behind_the_endpoint_is_no_matter(site: Site) {
    let program = program(&site).await;
    let package = program.imports(essentials()).await;
    let mut unit = program.launches(&package, 0, json!({})).await;
    assert!(unit.endpoint.ends_with('/'));
    unit.endpoint.push('/');
    unit.begins().await;
    unit.says("terminated").await.is(StatusCode::NO_CONTENT);
}
