## Notices
notices-title = Notices
notices-lead = New trainings, changes, materials and other news.
notices-years = Filter by fiscal year
notices-all = All
notices-none = No notices yet
notices-none-text = They will be listed here as they are published.
notices-newest = Newest notices
notices-back = All notices
notices-revised = Updated { $day }
notices-feed = Follow by feed (Atom)
notices-feed-title = Notices: { $site }
notices-letters = See past official letters
notices-category = Category
notices-category-training = Training
notices-category-change = Change
notices-category-material = Materials
notices-category-guidance = Information
notices-wrong-category = Choose a category
notices-gone-title = This notice has been withdrawn
notices-gone-text = It was withdrawn on { $day } and can no longer be read.
notices-gone-which = Title
notices-gone-why = Reason

## Staff
notices-staff-title = Manage notices
notices-staff-lead = Draft, review, approval, publication. The address of a published notice never changes.
notices-staff-new = Write a notice
notices-publish-effect = It appears at once in the list, on the front page and in the feed.
