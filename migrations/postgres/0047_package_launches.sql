-- When somebody last opened a package is read beside their name, and which of its units, without going through all launches.
CREATE INDEX package_launches_by_registration ON package_launches (registration, unit, launched_at);
