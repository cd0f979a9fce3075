-- Advice: forecasts know of clean-ups and imports that come again, so that their chart shows them. Forecasts are made anew
-- by themselves, one row for each series with a limit: nothing waits longer than a moment.

-- {isFall, size, gapDays, sinceDays}: away from the limit or towards it, how much, how often, and how long ago the last one
-- was; null where nothing jumps again and again.
alter table advice.forecast add column jumps jsonb;

alter table advice.forecast drop constraint forecast_why_check;
alter table advice.forecast add constraint forecast_why_check
  check (why in ('date', 'full', 'notGrowing', 'beyond', 'cleared', 'tooShort', 'unreadable'));
