roles-title = People and roles
roles-lead = See who holds which role where; invite, suspend and end.
roles-invite = Invite to a role
roles-sift = Narrow down the roles
roles-sift-text = E-mail address or organization
roles-sift-button = Show
roles-all = All
roles-show-all = Show all
roles-total = { $n ->
    [one] { $n } role
   *[other] { $n } roles
}
roles-none = Nobody holds a role yet
roles-none-text = Begin with “Invite to a role”.
roles-none-sifted = No role fits
roles-none-sifted-text = Use a shorter word, or show all.
roles-column-who = E-mail address
roles-column-role = Role
roles-column-place = Organization
roles-column-standing = Standing
roles-column-changed = Last change
roles-column-asked = Asked
roles-association-editor = Association officer (editor)
roles-association-releaser = Association officer (releaser)
roles-place-all = The whole portal
roles-place-gone = No longer in the list
roles-standing-requested = Waiting for approval
roles-standing-invited = Invited
roles-standing-accepted = Accepted (sign-in to be set up)
roles-standing-confirmed = In force
roles-standing-suspended = Suspended
roles-standing-left = Ended
roles-alone-note = You are the only operator in force. Roles that need two persons can be given by one if the reason is recorded. Please appoint a second operator.

## Waiting for approval
roles-waiting = Invitations that wait for a second person
roles-waiting-text = Roles for more than an institution need two operators. No e-mail goes out before the approval.
roles-request-open = See what is asked
roles-request-title = Approve an invitation
roles-asked-by = Asked by
roles-request-second = Whoever asked for an invitation, or would be invited, does not approve it. Another operator does.
roles-approve = Approve and send the invitation
roles-refuse = Withdraw the invitation

## One person
roles-person = Person
roles-since = Known since { $at }
roles-own = Nobody changes their own roles. Please ask another operator.
roles-roles = Roles
roles-roles-none = No roles. The person can sign in as a learner.
roles-history-act = { $act } ({ $role })
roles-done-invited = The invitation is on its way.
roles-done-requested = It waits for another operator. No e-mail goes out before the approval.
roles-done-approved = Approved. The invitation is on its way.
roles-done-refused = The invitation was withdrawn.
roles-done-suspend = The role is suspended, and all sign-ins were ended.
roles-done-reinstate = The role is in force again.
roles-done-end = The role has ended, and all sign-ins were ended.

## Inviting
roles-invite-lead = Whom do you want to invite, and to which role? The next page says what will happen.
roles-email = E-mail address
roles-email-hint = The invitation goes there. Please do not use a shared address.
roles-place = Institution or association
roles-place-hint = Needed for roles of institutions, associations and inspections. Find it in the master list by name, reading or code. Leave it empty for the other roles.
roles-place-first = Please enter the organization
roles-place-none = No organization has this name or code. Please use a name of the master list
roles-place-which = Please choose which one
roles-role-first = Please choose a role
roles-check = See what will happen
roles-about-institution-admin = Sees the training of an institution.
roles-about-association-editor = Writes an association’s letters.
roles-about-association-releaser = Releases an association’s letters; another person than the editor.
roles-about-inspector = Sees what institutions of an area have submitted.
roles-about-secretariat = Keeps trainings, applicants, notices and inquiries.
roles-about-responder = Takes incidents.
roles-about-desk-lead = Leads the incident desk.
roles-about-ministry = Approves what goes public, and sees the state of things.
roles-about-auditor = Reads the audit trail only.
roles-about-operator = Keeps people and roles, settings and operation.
roles-confirm-title = Before the invitation goes out
roles-will = What will happen
roles-will-mail = One e-mail with an invitation goes to { $address }. Its link works for seven days.
roles-will-wait = It waits until another operator approves. No e-mail goes out yet.
roles-will-mail-later = Once approved, one e-mail with an invitation goes to { $address }.
roles-will-passkey = The role is in force once the person has opened the link and made a passkey.
roles-will-proof = The role is in force once the person has opened the link and set up a passkey, or a passphrase with an authenticator app.
roles-will-record = Who invited, and when, is recorded.
roles-excluded = This person is “{ $role }”. One person does not hold both roles, except for a reason that is recorded.
roles-excluded-now = This person is now “{ $role }”; one person does not hold both roles
roles-exception = Reason for the exception
roles-alone = This role needs two operators, and there is no other one in force. Doing it alone takes a reason that is recorded.
roles-alone-reason = Reason for doing it alone
roles-invite-button = Send the invitation
roles-request-button = Ask another operator to approve
roles-not-own = Nobody changes their own roles
roles-not-in-force = This person has this role already
roles-not-suspended = This role of the person is suspended. Take it up again from the person’s page
roles-not-waiting = This invitation waits for approval already
roles-not-overtaken = It has changed since you opened the page. Please look at the person’s page

## Suspending, reinstating, ending
roles-suspend = Suspend
roles-suspend-title = Suspend a role
roles-suspend-will = The role is suspended. It can be taken up again later.
roles-suspend-button = Suspend this role
roles-reinstate = Reinstate
roles-reinstate-title = Reinstate a role
roles-reinstate-will = The suspended role is in force again.
roles-reinstate-button = Reinstate this role
roles-end = End
roles-end-title = End a role
roles-end-will = The role ends. To have it again takes a new invitation.
roles-end-button = End this role
roles-will-sign-out = All sign-ins of this person end, on every device.
roles-will-tell = { $address } is told by e-mail.
roles-reason = Reason
roles-reason-hint = It stays in the audit trail. Please write no names. Up to 200 characters.
roles-reason-empty = Please give a reason
roles-reason-long = A reason may have { $most } characters (now { $n })

## Mail
roles-mail-subject = Your role “{ $role }” has changed
roles-mail-suspend = Your role “{ $role }” has been suspended.
roles-mail-reinstate = Your role “{ $role }” is in force again.
roles-mail-end = Your role “{ $role }” has ended.
