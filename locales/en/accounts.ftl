## Signing in
accounts-sign-in = Sign in
accounts-sign-in-do = Sign in
accounts-email = E-mail address
accounts-email-hint = The address with which you applied for a training.
accounts-email-empty = Please enter your e-mail address
accounts-email-at = The e-mail address has no “@”, or more than one
accounts-email-ending = The end of the e-mail address (such as .jp) is missing
accounts-email-wrong = The e-mail address holds a character that cannot be used. Please check it
accounts-email-guess = Did you mean:
accounts-email-slip = Please check the address. Did you mean “{ $address }”?
accounts-email-keep = It is right as it is
accounts-passphrase-empty = Please enter your passphrase
accounts-email-fix = Send to { $address } instead
accounts-ask-link = Get a sign-in link by e-mail
accounts-or = or
accounts-by-passkey = Sign in with a passkey
accounts-by-passphrase = Sign in with a passphrase
accounts-passphrase = Passphrase
accounts-code = Six-digit code
accounts-code-hint = Only if you have set up an authenticator app.
accounts-code-app = The six digits that your authenticator app shows.
accounts-wrong = You could not be signed in. Please check your e-mail address and passphrase and, if you have set it up, the six-digit code.
accounts-wait = There were several wrong attempts, so this is paused for safety. Please try again from about { $time }.
accounts-no-account = There is nothing to register. If you have ever applied for a training, your e-mail address is all you need.
accounts-passkey-refused = The passkey could not be confirmed. Please try again.
accounts-passkey-not-used = No passkey was used. Press again, or sign in another way.
accounts-passkey-trouble = That did not work. Please reload the page and try again.
accounts-passkey-script = Passkeys need JavaScript to be switched on in your browser.

## The link in the mail
accounts-sent = Please check your e-mail
accounts-sent-lead = If { $email } is registered here, we have sent a sign-in link to it.
accounts-sent-text = Open the link in the e-mail and press “Sign in”. It works once, for 15 minutes.
accounts-sent-spam = If it does not arrive within a few minutes, please look into the folder for unwanted e-mail.
accounts-sent-other = If you may have applied with another address, try that one too.
accounts-sent-never = After many requests in a row, no e-mail is sent for a while.
accounts-sent-again = Try another address
accounts-sent-help = Ask the secretariat
accounts-link-text = You will be signed in as { $email }.
accounts-link-shared = On a shared device, sign out on My page when you are done.
accounts-over = This link cannot be used
accounts-over-text = It was used already, or it is older than 15 minutes. Please get a new one from the sign-in page.
accounts-over-again = Go to the sign-in page
accounts-over-inside = To my page

## Confirming that it is you
accounts-step-up = Please confirm that it is you
accounts-step-up-text = This is a sensitive action. The confirmation lasts for 15 minutes.
accounts-step-up-passkey = Confirm with a passkey
accounts-step-up-do = Confirm that it is me
accounts-step-up-none = This account has nothing yet to confirm with. Please add a passkey first.
accounts-not-strongest = This is not enough. Please use the strongest way to sign in that you have set up.

## Invitations
accounts-invitation = You are invited
accounts-invitation-role = Role
accounts-invitation-organization = For
accounts-invitation-passkey = This role signs in with a passkey: the fingerprint, face or PIN of your device. You will make one on the next page.
accounts-invitation-either = This role signs in with a passkey, or with a passphrase and the code of an authenticator app. You will set it up on the next page.
accounts-invitation-accept = Accept the invitation
accounts-invitation-not-me = If you did not expect this, close the page without pressing anything.
accounts-invitation-over-text = It was answered already, or its time is over. Please ask the person who invited you to send it again.

## Sign-in and security
accounts-security = Sign-in and security
accounts-security-lead = You are signed in as { $email }.
accounts-mend = Please correct one thing
accounts-stop = Cancel
accounts-change = Change
accounts-confirm-first = To change how you sign in, please confirm first that it is you.
accounts-needs-invitation = This account has a role, so how it signs in is set up from the e-mail with the invitation. If you have none, please tell the person who invited you, or the secretariat.
accounts-waiting = You have accepted the invitation as { $role }. It takes effect once you have added the way to sign in that it needs.
accounts-needed = Your role needs this, so it cannot be removed. Please add another way to sign in first.
accounts-done-invited = Invitation accepted. Now add a way to sign in
accounts-done-recovered = The new way to sign in is set up. The earlier ways no longer work, and your other sign-ins have ended.
accounts-done-passkey-added = Passkey added. Your other sign-ins have been ended
accounts-done-passkey-renamed = Passkey renamed
accounts-done-passkey-removed = Passkey removed. Your other sign-ins have been ended
accounts-done-passphrase-set = Passphrase set. Your other sign-ins have been ended
accounts-done-codes-set = Authenticator app set up. Your other sign-ins have been ended
accounts-done-codes-removed = Authenticator app removed. Your other sign-ins have been ended
accounts-done-sign-in-ended = The sign-in on that device has been ended
accounts-done-others-ended = All your other sign-ins have been ended

accounts-passkeys = Passkeys
accounts-passkeys-text = Sign in with the fingerprint, face or PIN of your device. There is nothing to remember, and a false site cannot trick it out of you.
accounts-passkeys-none = None yet.
accounts-passkey-name = Name of the passkey
accounts-passkey-name-hint = A name that tells which device it is on.
accounts-passkey-added = Added
accounts-passkey-unused = Not used yet
accounts-passkey-used = Last used: { $at }
accounts-passkey-add = Add a passkey
accounts-passkey-remove = Remove this passkey
accounts-passkey-not-made = No passkey was made. Press again to try once more.
accounts-passkey-there = This passkey is registered already.
accounts-rename = Rename

accounts-passphrase-text = For devices on which you cannot use a passkey. A long sentence of words that have nothing to do with each other is easy to remember and hard to break.
accounts-passphrase-is-set = Set
accounts-passphrase-not-set = Not set
accounts-passphrase-set = Set a passphrase
accounts-passphrase-change = Change the passphrase
accounts-passphrase-new = New passphrase
accounts-passphrase-hint = At least { $n } characters, any characters; pasting works. It need not be changed from time to time.
accounts-passphrase-save = Use this passphrase
accounts-weak-short = Please use at least { $n } characters: one more word makes it longer
accounts-weak-long = Please use at most { $n } characters
accounts-weak-common = Many people use this one, so it is broken at once. Please choose other words
accounts-weak-repeats = This repeats the same characters or words. Please mix in other words
accounts-weak-sequence = These are characters or keys in a row. Please use words that have nothing to do with each other
accounts-weak-own = Without your name, your address and the name of this site, too little is left. Please add unrelated words
accounts-weak-guessable = Common words and dates put together can be guessed. Please add unrelated words

accounts-codes = Authenticator app
accounts-codes-text = When you sign in with the passphrase, the six digits of an authenticator app are asked for as well.
accounts-codes-are-set = Set up
accounts-codes-not-set = Not set up
accounts-codes-begin = Set up an authenticator app
accounts-codes-remove = Remove the authenticator app
accounts-codes-lead = You need an authenticator app, on a smartphone for example.
accounts-codes-step-1 = 1. Add it to the app
accounts-codes-scan = Scan this picture with the authenticator app.
accounts-codes-type = If it cannot be scanned, type this text
accounts-codes-step-2 = 2. Check the code
accounts-codes-confirm = Check and set up
accounts-code-wrong = The code is wrong. Please enter the six digits that the app shows now

accounts-sign-ins = Where you are signed in
accounts-sign-ins-text = If you do not know a device, end its sign-in, then change how you sign in.
accounts-sign-in-about = Signed in { $at } (network { $network })
accounts-seen = Last active
accounts-this = this device
accounts-end = End
accounts-end-others = End all my other sign-ins
accounts-sign-out = Sign out

## Mails
accounts-mail-link-subject = Your sign-in link (works once, for 15 minutes)
accounts-mail-changed-subject = How you sign in has changed
accounts-mail-invited-subject = Invitation: { $role }
accounts-changed-passkey-added = A passkey was added.
accounts-changed-passkey-removed = A passkey was removed.
accounts-changed-passphrase-set = A passphrase was set.
accounts-changed-codes-set = An authenticator app was set up.
accounts-changed-codes-removed = The authenticator app was removed.
accounts-changed-recovered = The way to sign in was replaced. Earlier passkeys, passphrases and authenticator apps no longer work.
