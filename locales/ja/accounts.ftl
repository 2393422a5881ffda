## サインイン
accounts-sign-in = サインイン
accounts-sign-in-do = サインインする
accounts-email = メールアドレス
accounts-email-hint = 研修の申し込みに使ったアドレスを入れてください。
accounts-email-empty = メールアドレスを入れてください
accounts-email-at = メールアドレスの「@」が足りないか、2つ以上あります
accounts-email-ending = メールアドレスの終わり（.jp など）が足りません
accounts-email-wrong = メールアドレスに使えない文字があります。もう一度お確かめください
accounts-email-guess = もしかして：
accounts-email-slip = メールアドレスを確かめてください。「{ $address }」ではありませんか
accounts-email-keep = このままで正しい
accounts-passphrase-empty = パスフレーズを入れてください
accounts-email-fix = { $address } に直して送る
accounts-ask-link = サインイン用のリンクをメールで受け取る
accounts-or = または
accounts-by-passkey = パスキーでサインインする
accounts-by-passphrase = パスフレーズでサインインする
accounts-passphrase = パスフレーズ
accounts-code = 6桁のコード
accounts-code-hint = 認証アプリを設定した方だけ、入れてください。
accounts-code-app = 認証アプリに出ている6桁の数字です。
accounts-wrong = サインインできませんでした。メールアドレスとパスフレーズ、設定した方は6桁のコードを、もう一度お確かめください。
accounts-wait = 間違いが続いたため、安全のためにしばらく止めています。{ $time } ごろから、もう一度お試しください。
accounts-no-account = アカウントの登録は要りません。研修に申し込んだことのある方は、メールアドレスだけでサインインできます。
accounts-passkey-refused = パスキーを確かめられませんでした。もう一度お試しください。
accounts-passkey-not-used = パスキーは使われませんでした。もう一度押すか、ほかの方法でサインインしてください。
accounts-passkey-trouble = うまくいきませんでした。画面を再読み込みして、もう一度お試しください。
accounts-passkey-script = パスキーを使うには、ブラウザーのJavaScriptを有効にしてください。

## メールのリンク
accounts-sent = メールをご確認ください
accounts-sent-lead = { $email } にもし登録があれば、サインイン用のリンクをお送りしました。
accounts-sent-text = メールのリンクを開き、「サインインする」を押してください。リンクが使えるのは15分間、1回だけです。
accounts-sent-spam = 数分待っても届かないときは、迷惑メールのフォルダーをご確認ください。
accounts-sent-other = 申し込みに別のアドレスを使ったかもしれないときは、そのアドレスでもお試しください。
accounts-sent-never = 続けて何度も押すと、しばらくのあいだメールをお送りしません。
accounts-sent-again = 別のアドレスで試す
accounts-sent-help = 事務局に問い合わせる
accounts-link-text = { $email } としてサインインします。
accounts-link-shared = 共用の端末では、終わったら「マイページ」からサインアウトしてください。
accounts-over = このリンクは使えません
accounts-over-text = すでに使ったか、15分を過ぎたリンクです。サインインの画面から、新しいリンクを受け取ってください。
accounts-over-again = サインインの画面へ
accounts-over-inside = マイページへ

## 本人確認
accounts-step-up = もう一度、本人確認をしてください
accounts-step-up-text = 大切な操作のため、ご本人かどうかを確かめます。確認は15分間有効です。
accounts-step-up-passkey = パスキーで確認する
accounts-step-up-do = 本人確認をする
accounts-step-up-none = このアカウントには、本人確認に使う方法がまだありません。先に、パスキーなどを追加してください。
accounts-not-strongest = この方法では足りません。登録しているなかで、いちばん確かな方法をお使いください。

## 招待
accounts-invitation = 招待が届いています
accounts-invitation-role = 役割
accounts-invitation-organization = 所属
accounts-invitation-passkey = この役割では、パスキー（端末の指紋・顔・暗証番号によるサインイン）を使います。次の画面で作ります。
accounts-invitation-either = この役割では、パスキーか、パスフレーズと認証アプリのコードを使います。次の画面で設定します。
accounts-invitation-accept = 招待を受ける
accounts-invitation-not-me = 心当たりのないときは、何も押さずにこの画面を閉じてください。
accounts-invitation-over-text = すでに使ったか、期限を過ぎた招待です。招待した方に、もう一度送ってもらってください。

## サインインとセキュリティ
accounts-security = サインインとセキュリティ
accounts-security-lead = { $email } でサインインしています。
accounts-mend = 1か所、直してください
accounts-stop = やめる
accounts-change = 変更
accounts-confirm-first = サインインの方法を変えるには、もう一度本人確認をしてください。
accounts-needs-invitation = このアカウントには役割があるため、サインインの方法は、招待のメールから設定します。招待が届いていないときは、招待した方か事務局にお知らせください。
accounts-waiting = 「{ $role }」の招待を受けています。必要なサインインの方法を追加すると、使えるようになります。
accounts-needed = いまの役割に必要なため、削除できません。先に、ほかの方法を追加してください。
accounts-done-invited = 招待を受けました。次に、サインインの方法を追加してください
accounts-done-recovered = 新しいサインインの方法を登録しました。以前の方法は使えなくなり、ほかの端末のサインインは終わらせました
accounts-done-passkey-added = パスキーを追加しました。ほかの端末のサインインは終わらせました
accounts-done-passkey-renamed = パスキーの名前を変えました
accounts-done-passkey-removed = パスキーを削除しました。ほかの端末のサインインは終わらせました
accounts-done-passphrase-set = パスフレーズを設定しました。ほかの端末のサインインは終わらせました
accounts-done-codes-set = 認証アプリを設定しました。ほかの端末のサインインは終わらせました
accounts-done-codes-removed = 認証アプリの設定を削除しました。ほかの端末のサインインは終わらせました
accounts-done-sign-in-ended = その端末のサインインを終わらせました
accounts-done-others-ended = ほかの端末のサインインを、すべて終わらせました

accounts-passkeys = パスキー
accounts-passkeys-text = 端末の指紋・顔・暗証番号でサインインする方法です。覚えるものがなく、偽のサイトにだまされません。
accounts-passkeys-none = まだありません。
accounts-passkey-name = パスキーの名前
accounts-passkey-name-hint = どの端末のものか、分かる名前にしておくと便利です。
accounts-passkey-added = 追加
accounts-passkey-unused = まだ使っていません
accounts-passkey-used = 最後に使った日時：{ $at }
accounts-passkey-add = パスキーを追加する
accounts-passkey-remove = このパスキーを削除する
accounts-passkey-not-made = パスキーは作られませんでした。もう一度押すと、やり直せます。
accounts-passkey-there = このパスキーは、すでに登録されています。
accounts-rename = 名前を変える

accounts-passphrase-text = パスキーを使えない端末のための方法です。関係のない言葉をいくつか並べた、長い文にすると、覚えやすく、破られにくくなります。
accounts-passphrase-is-set = 設定しています
accounts-passphrase-not-set = 設定していません
accounts-passphrase-set = パスフレーズを設定する
accounts-passphrase-change = パスフレーズを変える
accounts-passphrase-new = 新しいパスフレーズ
accounts-passphrase-hint = { $n }文字以上。どんな文字も使えます。貼り付けもできます。定期的に変える必要はありません。
accounts-passphrase-save = このパスフレーズにする
accounts-weak-short = { $n }文字以上にしてください。言葉を1つ足すと長くなります
accounts-weak-long = { $n }文字までにしてください
accounts-weak-common = 多くの人が使っているため、すぐに破られます。別の言葉にしてください
accounts-weak-repeats = 同じ文字や言葉の繰り返しです。違う言葉を混ぜてください
accounts-weak-sequence = 文字の並びやキーの並びです。関係のない言葉を並べてください
accounts-weak-own = お名前・アドレス・サイト名のほかの部分が短すぎます。関係のない言葉を足してください
accounts-weak-guessable = よくある言葉や日付の組み合わせで、推測できます。関係のない言葉を足してください

accounts-codes = 認証アプリのコード
accounts-codes-text = パスフレーズでサインインするときに、認証アプリの6桁の数字も確かめます。
accounts-codes-are-set = 設定しています
accounts-codes-not-set = 設定していません
accounts-codes-begin = 認証アプリを設定する
accounts-codes-remove = 認証アプリの設定を削除する
accounts-codes-lead = スマートフォンなどの認証アプリを使います。
accounts-codes-step-1 = 1. アプリに登録する
accounts-codes-scan = 認証アプリで、この図を読み取ってください。
accounts-codes-type = 読み取れないときは、文字で登録する
accounts-codes-step-2 = 2. コードを確かめる
accounts-codes-confirm = 確かめて設定する
accounts-code-wrong = コードが違います。アプリに出ている、いまの6桁の数字を入れてください

accounts-sign-ins = サインインしている端末
accounts-sign-ins-text = 覚えのない端末があるときは、終わらせたうえで、サインインの方法を変えてください。
accounts-sign-in-about = { $at } にサインイン（ネットワーク { $network }）
accounts-seen = 最後の操作
accounts-this = この端末
accounts-end = 終わらせる
accounts-end-others = ほかの端末のサインインを、すべて終わらせる
accounts-sign-out = サインアウトする

## メール
accounts-mail-link-subject = サインイン用のリンク（15分間、1回だけ使えます）
accounts-mail-changed-subject = サインインの方法が変わりました
accounts-mail-invited-subject = 「{ $role }」への招待
accounts-changed-passkey-added = パスキーが追加されました。
accounts-changed-passkey-removed = パスキーが削除されました。
accounts-changed-passphrase-set = パスフレーズが設定されました。
accounts-changed-codes-set = 認証アプリのコードが設定されました。
accounts-changed-codes-removed = 認証アプリのコードの設定が削除されました。
accounts-changed-recovered = 新しい方法に替わりました。以前のパスキー・パスフレーズ・認証アプリは、もう使えません。
