## Another session with the same contents
elsewhere-title = You have applied for another session with the same contents
elsewhere-title-known = You have already applied for { $when }
elsewhere-text = There is an application for another session with the same contents under this name and e-mail address. This session has not been applied for yet. Please choose.
elsewhere-known-text = The contents are the same. If you change to this session, you give up your seat only after the new one is yours.
elsewhere-change = Change to this session
elsewhere-change-text = We e-mailed a link for changing to { $address }. Open it and press “Change to this date”.
elsewhere-both = Attend both
elsewhere-both-text = Keeps the application you have, and applies for this session too.
mail-elsewhere-subject = [Please check] { $course }: you have applied for { $nth }, { $day }, already

## All parts of a series at once
series-button-all = Apply for all { $n } sessions
series-button = Apply for the { $n } open sessions at once
series-button-text = You fill in one form. Each session can be changed or cancelled on its own.
series-title = Apply for several sessions
series-parts = Sessions
series-parts-hint = Uncheck those you do not want.
series-part-wait = Full: you would join the waiting list
series-none-title = No sessions can be applied for together
series-none-text = No session takes applications now. We can tell you by e-mail when one opens.
series-confirm = Apply for { $n } sessions with these details
error-parts-none = Please choose at least one session
series-waiting = Waiting
series-own-title = Sessions you applied for together
series-done = { $n } applications have been received
series-see = See the sessions you applied for together
series-not-taken = { $parts }: closed or full, so nothing was applied for.
series-earlier = { $parts }: applied for already.
series-earlier-all = All the sessions you chose have been applied for already. The link is e-mailed to { $address }.
series-part-open = See and change this one
series-cancel = Cancel all sessions
series-cancel-lead = This cancels all { $n } sessions that have not begun.
series-cancel-will = An e-mail about each goes to { $address } ({ $n } e-mails), and the entries leave your calendar. Each can be undone within ten minutes.
series-cancelled = All sessions have been cancelled
series-column-part = Session
mail-series-subject = [Received] { $course }, { $n } sessions

## Seats that come free shortly before the beginning
offer-title = A seat has come free
offer-lead = It is kept for you until { $ends }. Please take it or decline.
offer-late = The time for your answer is over. If the seat is still free, you can have it.
offer-take = Take the seat
offer-decline = Decline
offer-decline-text = If you decline, you leave the waiting list and the seat goes to the next person.
offer-answer = Take it or decline
offer-choose = Please press “Take the seat” or “Decline”.
offer-done = You have a seat
offer-gone = The time for your answer was over, and the seat has gone to somebody else. You are still on the waiting list.
offer-begun = The session has begun, so seats are no longer given.
mail-offered-subject = [A seat has come free] { $day } { $course }, { $nth }: please answer

## Several colleagues at once
colleagues-link = Apply for several colleagues at once (up to 30)
colleagues-title = Apply for several colleagues
colleagues-lead = Up to 30 people of one workplace at once. Each gets a receipt number and an e-mail of their own, and can decline.
colleagues-office = Where all of you work
colleagues-office-mail = E-mail address of the office
colleagues-office-mail-hint = For those without an address of their own. Not needed if each has one.
colleagues-people = Who takes part
colleagues-people-hint = Put a blank between family name and given name, also in the reading. Leave the rows you do not need empty.
colleagues-row = Person { $n }
colleagues-name = Name (family, given)
colleagues-kana = Reading (family, given)
colleagues-more = Add five rows
colleagues-paste = Paste from a spreadsheet
colleagues-paste-label = The table
colleagues-paste-hint = One person a line: name, reading, e-mail address, job. Family and given name may stand in columns of their own.
colleagues-paste-button = Put the table into the rows
colleagues-consent = Everybody agrees to the use of their personal data
colleagues-error-consent = Please tell everybody how we use personal data, and make sure that they agree
colleagues-error-none = Please enter at least one person
colleagues-mail-note = { $n ->
    [one] One e-mail will be sent.
   *[other] { $n } e-mails will be sent, one to each.
}
colleagues-apply = { $n ->
    [one] Apply for one person with this
   *[other] Apply for { $n } people with this
}
colleagues-done-title = Applications for your colleagues
colleagues-done-lead = { $n ->
    [one] One application has been received. An e-mail has been sent.
   *[other] { $n } applications have been received. Each person has been sent an e-mail.
}
colleagues-came-seat = Has a seat.
colleagues-came-waiting = Is on the waiting list.
colleagues-came-earlier = Had applied before. We have e-mailed them their link.
colleagues-came-elsewhere = Has applied for another session with the same contents, so nothing was applied for. We have e-mailed them a link for changing.
colleagues-came-closed = Applications are closed, so nothing was applied for.
colleagues-word-earlier = Applied before
colleagues-word-not = Not applied
colleagues-again = Apply for others
mail-signed-up-subject = [Applied by your workplace] { $day } { $course }, { $nth }
colleagues-error-many = At most 30 people at once: the last { $n } were left out. Please apply for these 30 first

## Another training at the same time
conflict-title = You have applied for another training at the same time
conflict-text = It overlaps with { $course }, { $nth } ({ $when }). You can still apply.
conflict-mail = Please note: you have also applied for { $course }, { $nth } ({ $when }), at the same time.
conflict-my = You have applied for another training at the same time.
