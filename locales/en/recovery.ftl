## When your passkey does not work
recovery-title = When your passkey does not work
recovery-lead = You have lost or replaced your device, or your passphrase or authenticator app no longer works: here you replace the way you sign in.
recovery-what = What will happen
recovery-for-learners = If you only take trainings
recovery-for-learners-text = We e-mail you a link that signs you in, at once.
recovery-for-institutions = If you act for an institution or association
recovery-for-institutions-text = Another person in charge at the same institution or association, or somebody of the association above it, makes sure that it is you and approves. 24 hours after that, we e-mail you a link to set up the new way.
recovery-for-staff = If you hold another role, such as for the secretariat or the ministry
recovery-for-staff-text = Two operators make sure that it is you, each on their own, and approve. Once both have, we e-mail you a link to set up the new way.
recovery-until-then = Your passkeys and passphrase go on working until the new way is set up. Then all earlier ones stop working, and your other sign-ins end.
recovery-email-hint = Please enter the address that you sign in with.
recovery-ask = Ask to replace the way I sign in
recovery-back = Back to signing in
recovery-asked-lead = If { $email } is known to us, we have sent an e-mail that says what to do next.
recovery-asked-text = If you hold a role, somebody has to approve it first. Nothing changes before.
recovery-asked-tell = If it is urgent, tell the other person in charge at your institution or association, or an operator, by telephone.

## Stopping it
recovery-cancel-title = Stop the replacement
recovery-cancel-text = You stop the request to replace the way { $email } signs in.
recovery-cancel-do = Stop it
recovery-cancel-nothing = Your passkeys and passphrase go on working.
recovery-cancelled = It is stopped
recovery-cancelled-text = Nothing about the way you sign in has changed. If you had not asked for it yourself, please tell the secretariat.
recovery-cancel-over-text = This request has already ended. There is nothing to stop.
recovery-under-way = Somebody has asked to replace the way this account signs in. If it was not you, or it is no longer needed, stop it.
recovery-under-way-stop = Stop the replacement

## The new way
recovery-link-text = Set up the new way to sign in as { $email }.
recovery-link-do = Go on
recovery-link-shared = Opening this page changes nothing. Please go on with a device that only you use.
recovery-link-over-text = The link has been used, is older than 15 minutes, or was stopped. Enter the same address on the page “When your passkey does not work”, and we e-mail you what to do next.
recovery-renewal-title = Set up the new way to sign in
recovery-renewal-lead = Please set up the new way for { $email } within one hour.
recovery-renewal-note = Once it is set up, all earlier passkeys, passphrases and authenticator apps stop working. If you close this page without setting it up, nothing changes.
recovery-renewal-passkey = Set up a new passkey
recovery-renewal-phrase = Passphrase and authenticator app
recovery-renewal-phrase-open = If you cannot use a passkey, set it up here
recovery-renewal-phrase-next = Go on to the authenticator app

## Making sure and approving
recovery-queue-title = Replacing the way to sign in
recovery-queue-lead = Requests of people who can no longer sign in. Approve only when you have made sure that it is them.
recovery-queue-none = There are no requests
recovery-queue-none-text = When somebody who can no longer sign in asks, it shows here.
recovery-total = { $n ->
    [one] { $n } request
   *[other] { $n } requests
}
recovery-column-roles = Roles and places
recovery-column-by = Who makes sure
recovery-who-institution = One person of the same institution or association, or of the association above (if there is none: two operators)
recovery-who-near = A colleague, or the association above
recovery-who-staff = Two operators
recovery-state-asked = Waits for approval
recovery-state-held = Waiting 24 hours
recovery-state-ready = Link sent
recovery-state-opened = Being set up
recovery-state-over = Ended
recovery-decide-title = Approve a replacement
recovery-approved-by = Approved by
recovery-way-colleague = as a person in charge at the same place
recovery-way-call-back = as the association above, by calling back
recovery-way-operator = as an operator
recovery-how-colleague = Make sure by meeting the person, or by calling a number that you usually use. Do not rely on e-mail alone.
recovery-how-call-back = Call back on the main number that you have known before, such as from a register. Do not use a number that came with the request.
recovery-how-operator = Make sure by meeting the person, or by calling a number that you have known before. Another operator makes sure on their own.
recovery-will = What will happen
recovery-will-second = It waits until another operator has approved too. No link is sent yet.
recovery-will-hold = The person gets one e-mail that it was approved and, 24 hours later, one e-mail with the link to set up the new way. They can stop it at any time before.
recovery-will-send = The person gets one e-mail with the link to set up the new way, now. It works for 15 minutes, once.
recovery-will-replace = Once they have set it up, all earlier ways stop working and their other sign-ins end.
recovery-will-record = It is recorded who made sure, when and how.
recovery-reason = How you made sure (or why you do not approve)
recovery-reason-hint = For example: called back on the main number and spoke to the person. It stays in the record. Please write no names of people. Up to 200 characters.
recovery-approve = I made sure that it is them: approve
recovery-refuse = End it without approval
recovery-mine = You have approved. It goes on once another operator has approved too.
recovery-note-held = It is approved. When the 24 hours are over, the link is e-mailed. If anything looks wrong, end it now.
recovery-note-ready = It is approved, and the link was e-mailed. If anything looks wrong, end it now.
recovery-done-waits = Approved. It waits for the approval of another operator.
recovery-done-held = Approved. The link is e-mailed in 24 hours.
recovery-done-sent = Approved. The link is being e-mailed.
recovery-done-refused = The request is ended. The person is told by e-mail.

## Mail
recovery-mail-asked-subject = We have been asked to replace the way you sign in
recovery-mail-held-subject = Replacing the way you sign in was approved (24 hours of waiting)
recovery-mail-link-subject = Set up the new way to sign in (works for 15 minutes, once)
recovery-mail-over-subject = The way you sign in will not be replaced
recovery-mail-who-institution = Another person in charge at the same institution or association, or somebody of the association above it, makes sure that it is you and approves. 24 hours after that, we e-mail you a link. If there is nobody, two operators approve.
recovery-mail-who-staff = Two operators make sure that it is you, each on their own, and approve. Once both have, we e-mail you a link.
recovery-mail-who-both = Two operators make sure that it is you, each on their own, and approve. 24 hours after both have, we e-mail you a link.
recovery-mail-over-refused = The request to replace the way you sign in was not approved.
recovery-mail-over-cancelled = The request to replace the way you sign in was stopped.

## Home
recovery-waits = People who can no longer sign in
recovery-my = People who can no longer sign in
recovery-my-text = { $n ->
    [one] { $n } request waits for you to make sure who it is.
   *[other] { $n } requests wait for you to make sure who it is.
}
recovery-my-more = Look at the requests
