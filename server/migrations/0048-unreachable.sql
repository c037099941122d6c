-- The few who cannot be reached: everybody who writes is looked up among them.
create index contact_point_unreachable on subscribers.contact_point (id) where unreachable_since is not null;
