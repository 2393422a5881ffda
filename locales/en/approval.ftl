## Stages on the way to publication
approval-stage-all = All
approval-stage-draft = Draft
approval-stage-requested = Under review
approval-stage-approved = Approved
approval-stage-published = Published
approval-stage-withdrawn = Withdrawn
approval-step-saved = Saved
approval-step-requested = Review requested
approval-step-returned = Given back
approval-step-approved = Approved
approval-step-published = Published
approval-step-withdrawn = Withdrawn
approval-by-portal = First entry
approval-by-you = { $role } (you)

## The list
approval-find = Find by title
approval-stages = Filter by stage
approval-column-title = Title
approval-column-stage = Stage
approval-column-last = Last step
approval-no-english = No English
approval-none = Nothing here yet
approval-none-text = What you write will be listed here.
approval-none-found = Nothing matches
approval-none-found-text = Try a shorter word, or take the stage away.
approval-show-all = Show all

## One text
approval-version = Version { $n }
approval-see-public = See the public page
approval-edit = Edit
approval-not-done = That was not done
approval-changed = The text or its stage has changed since you opened the page. This is how it stands now. Please look at it and try again.
approval-changes = Changes against the public version
approval-changes-text = Only what differs from the text that is public now.
approval-before = Before:{" "}
approval-after = After:{" "}
approval-title-ja = Japanese title
approval-lead-ja = Japanese lead
approval-body-ja = Japanese text
approval-title-en = English title
approval-lead-en = English lead
approval-body-en = English text
approval-preview-ja = In Japanese
approval-preview-en = In English
approval-no-english-text = The English page shows the Japanese title and text, with a note that it is in Japanese only.
approval-next = What to do next
approval-way = Record up to publication
approval-earlier = Version { $n }, saved { $at } ({ $stage })
approval-earlier-versions = Earlier versions
approval-note = A word to the reviewer
approval-note-hint = If there is something to look at in particular.
approval-request = Request a review
approval-own = You wrote this version. Somebody else reviews and approves it.
approval-approve = Approve
approval-approve-text = Approve it if it may be published exactly as shown.
approval-return = Give back
approval-why = What to correct
approval-why-hint = Be specific, so that the writer knows what to do.
approval-publish-text = It has been approved. You are asked once more before it is published.
approval-waits = It is approved, and waits for the secretariat to publish it.
approval-to-publish = Go on to publish
approval-to-withdraw = Withdraw from the public
approval-done-saved = The draft has been saved
approval-done-requested = A review has been requested
approval-done-returned = It has been given back
approval-done-approved = It has been approved
approval-done-published = It has been published
approval-done-withdrawn = It has been withdrawn

## Publishing and withdrawing
approval-publish-title = Check before publishing
approval-publish = Publish
approval-publish-same = The address stays { $address }.
approval-publish-new = The address is given at publication and never changes.
approval-publish-english = It appears on the English page, too.
approval-publish-no-english = There is no English text, so the English page shows it in Japanese.
approval-publish-record = Who publishes it, and when, is recorded.
approval-back = Back
approval-withdraw-title = Check before withdrawing
approval-withdraw = Withdraw
approval-withdraw-effect = What stands at { $address } can no longer be read. Rewritten and approved, it can be published again.
approval-withdraw-why = Reason
approval-withdraw-why-hint = For a notice, the reason is shown on its page. Please do not name any person.

## Writing
approval-japanese = Japanese
approval-english = English
approval-english-text = With both a title and a text, it appears on the English page.
approval-title = Title
approval-lead = Lead
approval-lead-hint = One or two sentences under the title.
approval-body = Text
approval-body-hint = Up to 20,000 characters. See “How to write” on this page.
approval-side = Classification and help
approval-help = How to write
approval-help-heading = Heading
approval-help-list = List
approval-help-strong = Strong
approval-help-link = Link
approval-help-words = Words filled in from the settings
approval-help-words-text = These words are replaced by what the settings say, so that a telephone number is never left old.
approval-save = Save as draft
approval-preview = See how it looks
approval-stop = Stop
approval-kept = What you typed is still here.
approval-kept-at = Kept on this device at { "{time}" }
approval-look = How it looks
approval-look-text = Not saved yet.

## What to mend
approval-wrong = { $n ->
    [one] Please correct one thing
   *[other] Please correct { $n } things
}
approval-wrong-title = Enter a title
approval-wrong-body = Enter a text
approval-wrong-english = Give both an English title and an English text, or neither
approval-wrong-too-long = { $length } characters; { $max } at most
approval-wrong-changed = Somebody else saved it at { $at }. Open the newest text in another window and carry over what you need
approval-wrong-why = Give a reason
approval-wrong-long = 500 characters at most
