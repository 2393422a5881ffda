use access::{AccountId, Label};
use db::{DbResult, Tx};
use std::collections::BTreeSet;

use super::store;

/// The addresses of the accounts among these actors, each by the label that the trail has for it: all in one question.
pub async fn named(tx: &mut Tx<'_>, actors: impl IntoIterator<Item = &str>) -> DbResult<Vec<(String, String)>> {
    let account = |actor: &str| match actor.parse::<Label>() {
        Ok(Label::Account(id)) => Some(id),
        _ => None,
    };
    let ids: BTreeSet<AccountId> = actors.into_iter().filter_map(account).collect();
    let accounts = store::find_all(tx, &ids).await?;
    Ok(accounts.into_iter().map(|account| (Label::Account(account.id).to_string(), account.email.to_string())).collect())
}

#[cfg(test)]
mod tests {
    use access::{AccountId, Label};
    use both_engines::both_engines;
    use db::Lane;
    use db::testing::TestDatabase;
    use kernel::Lang;

    use super::named;
    use crate::accounts::ensure;

    #[both_engines]
    async fn accounts_are_named_in_one_question_and_nobody_else_is(db: TestDatabase) {
        let checked = db.write(Lane::Staff, None, async |tx, now| {
            let taro = ensure(tx, &"taro@example.jp".parse().unwrap(), Lang::Ja, now).await?.id;
            let hanako = ensure(tx, &"hanako@example.jp".parse().unwrap(), Lang::Ja, now).await?.id;
            let [taro, hanako, nobody] = [taro, hanako, AccountId::new(now)].map(|account| Label::Account(account).to_string());
            let actors = ["system", "account:nonsense", nobody.as_str(), taro.as_str(), hanako.as_str(), taro.as_str()];
            let (mut known, mut fewest) = (Vec::new(), u64::MAX);
            // The whole process is counted, and another connection may ask something meanwhile: the fewest are those of this alone.
            for _ in 0..5 {
                let before = db::statements_asked();
                known = named(tx, actors).await?;
                fewest = fewest.min(db::statements_asked() - before);
            }
            assert_eq!(fewest, 1, "however many they are");
            assert_eq!(known.len(), 2, "{known:?}");
            assert!(known.contains(&(taro, "taro@example.jp".to_owned())) && known.contains(&(hanako, "hanako@example.jp".to_owned())));
            assert!(named(tx, [journal::audit::SYSTEM]).await?.is_empty());
            assert_eq!(Label::System.to_string(), journal::audit::SYSTEM);
            Ok(())
        });
        checked.await.unwrap();
    }
}
