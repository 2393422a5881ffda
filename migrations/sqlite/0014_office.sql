-- The secretariat's lists: paged and counted inside one session, however many applications there are altogether.
CREATE INDEX applications_by_workplace ON applications (session, organization_name, id);
CREATE INDEX applications_by_kind ON applications (session, place, organization_kind) WHERE cancelled_at IS NULL;

-- A mail to all of a session goes through them in this order.
CREATE INDEX applications_living ON applications (session, id) WHERE cancelled_at IS NULL;

-- Mails that did not arrive are few among many, and looked for on every page of the desk.
CREATE INDEX outbox_undelivered ON outbox (object_id) WHERE failed_at IS NOT NULL OR bounced_at IS NOT NULL;
CREATE INDEX outbox_bounced ON outbox (id) WHERE bounced_at IS NOT NULL;
