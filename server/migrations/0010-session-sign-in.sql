-- How a session began: a provider that vouches for a second factor (OIDC) stands in for our own authenticator.
alter table staff.session
  add column signed_in_by text not null default 'password' check (signed_in_by in ('password', 'oidc'));
