//! Authors see how questions do, and nothing of so few people that it would tell of them.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use kernel::{Lang, Timestamp};
use learning::content::question::{Given, Kind};
use learning::study;

use super::course;
use crate::office::staff;
use crate::site::Site;

/// So many people answer a question of a unit, the first `wrong` of them with the same wrong choice; everybody then tries again.
async fn answered(site: &Site, from: usize, people: usize, wrong: usize) {
    let question = course().asked_in("habits").find(|question| matches!(question.kind, Kind::One(_))).expect("a question with one answer");
    let Kind::One(choices) = &question.kind else { unreachable!("it is one") };
    let slip = Given(vec![choices.iter().find(|choice| !choice.right).expect("a wrong one").id.clone()]);
    site.write(async move |tx, now: Timestamp| {
        for n in from..from + people {
            let email = format!("manabu{n}@example.jp").parse().expect("an address");
            let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
            let given = if n < wrong { slip.clone() } else { question.right_answer() };
            for (nth, given) in [given, question.right_answer()].into_iter().enumerate() {
                let at = now.plus(kernel::Span::seconds(i64::try_from(nth).unwrap_or(0)));
                let _ = study::answer(tx, account, course(), &question.id, &given, (at.uuid(), None), at).await?;
            }
        }
        Ok(())
    })
    .await;
}

#[both_engines]
async fn a_question_shows_its_numbers_once_ten_people_have_answered_it(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = "/staff/courses/beginner";
    answered(&site, 0, 9, 3).await;
    let page = office.get(path).await;
    page.is(StatusCode::OK).shows("答えた人が10人より少ない問題は、数字を表示していません").hides("選んだ人").hides("67%");
    answered(&site, 9, 1, 0).await;
    let page = office.get(path).await;
    page.shows("70%").shows("を選んだ人 30%").shows("気になる点なし");
    let first = &page.texts("tbody tr")[0];
    assert!(first.contains("70%"), "what has numbers comes before what has none: {first}");
    answered(&site, 10, 20, 30).await;
    office.get(path).await.shows("23%").shows("難しい");
    staff(&site, Role::Operator).await.get(path).await.is(StatusCode::NOT_FOUND);
}
