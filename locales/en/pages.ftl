## Fixed pages
pages-updated = Last updated: { $day }
pages-side = Pages about this site
pages-staff-title = Manage fixed pages
pages-staff-lead = How to use this site, the programme, privacy, terms and accessibility. All earlier versions are kept.
pages-staff-new = Fixed page
pages-publish-effect = The page changes to this text at once. The earlier version stays on record.
