## Another session with the same contents
elsewhere-title = You have applied for another session with the same contents
elsewhere-title-known = You have already applied for { $when }
elsewhere-text = There is an application for another session with the same contents under this name and mail address. This session has not been applied for yet. Please choose.
elsewhere-known-text = The contents are the same. If you change to this session, you give up your seat only after the new one is yours.
elsewhere-change = Change to this session
elsewhere-change-text = We mailed a link for changing to { $address }. Open it and press “Change to this date”.
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
series-none-text = No session takes applications now. We can tell you by mail when one opens.
series-confirm = Apply for { $n } sessions with this
error-parts-none = Please choose at least one session
series-waiting = Waiting
series-own-title = Sessions you applied for together
series-done = { $n } applications have been received
series-see = See the sessions you applied for together
series-not-taken = { $parts }: closed or full, so nothing was applied for.
series-earlier = { $parts }: applied for already.
series-earlier-all = All the sessions you chose have been applied for already. We have mailed the link to { $address } again.
series-part-open = See and change this one
series-cancel = Cancel all sessions
series-cancel-lead = This cancels all { $n } sessions that have not begun.
series-cancel-will = A mail about each goes to { $address } ({ $n } mails), and the entries leave your calendar. Each can be undone within ten minutes.
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
