/** Tables and the one function of the PostgreSQL ledger. A batch of commands is one call, hence one transaction and one round trip. */
export const postgresLedgerSchema = `
CREATE TABLE IF NOT EXISTS payment (
  serial bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL UNIQUE,
  channel text NOT NULL,
  idempotency_key text NOT NULL,
  asked_sha256 text NOT NULL,
  person bigint NOT NULL,
  site bigint NOT NULL,
  bill text NOT NULL,
  mode text NOT NULL,
  state text NOT NULL,
  is_open boolean NOT NULL,
  memory text NOT NULL,
  owner text NOT NULL,
  fence integer NOT NULL,
  lease_until_ms bigint NOT NULL,
  events integer NOT NULL,
  notice_url text,
  told text NOT NULL DEFAULT 'under-way',
  tell_tries integer NOT NULL DEFAULT 0,
  tell_at_ms bigint NOT NULL DEFAULT 0,
  UNIQUE (channel, idempotency_key)
);
CREATE INDEX IF NOT EXISTS untold_payment ON payment (tell_at_ms) WHERE notice_url IS NOT NULL AND state <> told;
CREATE TABLE IF NOT EXISTS book_row (
  book text NOT NULL, number integer NOT NULL, at_ms bigint NOT NULL, text text NOT NULL, PRIMARY KEY (book, number)
);
CREATE UNIQUE INDEX IF NOT EXISTS one_open_payment_a_bill ON payment (site, bill)
  WHERE state IN ('under-way', 'in-doubt', 'paid', 'refunding');
CREATE INDEX IF NOT EXISTS dead_end ON payment (serial) WHERE NOT is_open AND state IN ('in-doubt', 'given-up');
CREATE INDEX IF NOT EXISTS open_payment ON payment (lease_until_ms) WHERE is_open;
CREATE TABLE IF NOT EXISTS event (
  payment bigint NOT NULL REFERENCES payment, number integer NOT NULL, at_ms bigint NOT NULL, event text NOT NULL, PRIMARY KEY (payment, number)
);
CREATE TABLE IF NOT EXISTS posting (
  payment bigint NOT NULL, event integer NOT NULL, account text NOT NULL, amount_fen bigint NOT NULL, PRIMARY KEY (payment, event, account),
  FOREIGN KEY (payment, event) REFERENCES event
);
CREATE TABLE IF NOT EXISTS agreement (
  person bigint NOT NULL, mode text NOT NULL, bank text NOT NULL, agreement text NOT NULL, PRIMARY KEY (person, mode)
);
-- Of shared-nonces.ts.
CREATE UNLOGGED TABLE IF NOT EXISTS nonce (word text PRIMARY KEY, taken_by text NOT NULL, until_ms bigint NOT NULL);
CREATE INDEX IF NOT EXISTS nonce_until ON nonce (until_ms);

CREATE OR REPLACE FUNCTION shown_payment(p payment) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('serial', p.serial, 'number', p.number, 'channel', p.channel, 'idempotencyKey', p.idempotency_key,
    'askedSha256', p.asked_sha256, 'person', p.person, 'site', p.site, 'bill', p.bill, 'mode', p.mode, 'state', p.state,
    'isOpen', p.is_open, 'memory', p.memory, 'fence', p.fence, 'events', p.events)
    || CASE WHEN p.notice_url IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('noticeUrl', p.notice_url) END
$$;

CREATE OR REPLACE FUNCTION open_payment(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE asked jsonb := c->'payment'; known text := c->>'memory'; p payment; taken payment;
BEGIN
  -- Whom the memory names itself stays.
  SELECT coalesce((SELECT (jsonb_build_object('bank', a.bank, 'agreement', a.agreement) || known::jsonb)::text FROM agreement a
    WHERE a.person = (asked->>'person')::bigint AND a.mode = asked->>'mode'), known) INTO known;
  -- Waits for whoever inserts the same key or bill at this moment; afterwards a plain look tells who was first.
  INSERT INTO payment (number, channel, idempotency_key, asked_sha256, person, site, bill, mode, state, is_open, memory, owner, fence,
      lease_until_ms, events, notice_url)
    VALUES (asked->>'number', asked->>'channel', asked->>'idempotencyKey', asked->>'askedSha256', (asked->>'person')::bigint,
      (asked->>'site')::bigint, asked->>'bill', asked->>'mode', 'under-way', true, known, c->'lease'->>'owner', 1,
      (c->'lease'->>'untilMs')::bigint, 1, asked->>'noticeUrl')
    ON CONFLICT DO NOTHING RETURNING * INTO p;
  IF FOUND THEN
    INSERT INTO event VALUES (p.serial, 1, (c->>'atMs')::bigint, 'opened');
    RETURN jsonb_build_object('outcome', 'opened', 'payment', shown_payment(p));
  END IF;
  SELECT * INTO p FROM payment WHERE channel = asked->>'channel' AND idempotency_key = asked->>'idempotencyKey';
  IF FOUND THEN
    IF p.asked_sha256 <> asked->>'askedSha256' THEN RETURN jsonb_build_object('outcome', 'key-reused'); END IF;
    -- The very command, repeated because its end was not known.
    IF p.number = asked->>'number' THEN RETURN jsonb_build_object('outcome', 'opened', 'payment', shown_payment(p)); END IF;
    RETURN jsonb_build_object('outcome', 'known', 'payment', shown_payment(p));
  END IF;
  SELECT * INTO taken FROM payment
    WHERE site = (asked->>'site')::bigint AND bill = asked->>'bill' AND state IN ('under-way', 'in-doubt', 'paid', 'refunding');
  -- The holder may have let go between the two looks: in doubt until the caller asks again.
  RETURN jsonb_build_object('outcome', 'bill-taken', 'state', coalesce(taken.state, 'in-doubt'))
    || CASE WHEN taken.number IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('number', taken.number) END;
END $$;

CREATE OR REPLACE FUNCTION advance_payment(s jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE p payment; last integer := (s->>'eventNumber')::integer; carried jsonb := coalesce(s->'carried', '[]'::jsonb);
  before integer := last - 1 - jsonb_array_length(carried);
BEGIN
  UPDATE payment SET tell_tries = CASE WHEN state = s->>'state' THEN tell_tries ELSE 0 END,
      tell_at_ms = CASE WHEN state = s->>'state' THEN tell_at_ms ELSE 0 END, state = s->>'state', is_open = (s->>'isOpen')::boolean, memory = s->>'memory',
      lease_until_ms = (s->>'leaseUntilMs')::bigint, events = last
    WHERE number = s->>'number' AND fence = (s->>'fence')::integer AND is_open AND events = before
    RETURNING * INTO p;
  IF NOT FOUND THEN
    PERFORM 1 FROM payment q JOIN event e ON e.payment = q.serial
      WHERE q.number = s->>'number' AND q.fence = (s->>'fence')::integer AND e.number = last AND e.event = s->>'event';
    RETURN CASE WHEN FOUND THEN '"advanced"'::jsonb ELSE '"fenced-off"'::jsonb END;
  END IF;
  INSERT INTO event SELECT p.serial, before + place, (x->>'atMs')::bigint, x->>'event' FROM jsonb_array_elements(carried) WITH ORDINALITY AS y(x, place);
  INSERT INTO event VALUES (p.serial, p.events, (s->>'atMs')::bigint, s->>'event');
  INSERT INTO posting SELECT p.serial, p.events, x->>'account', (x->>'amountFen')::bigint FROM jsonb_array_elements(s->'postings') x;
  RETURN '"advanced"'::jsonb;
END $$;

CREATE OR REPLACE FUNCTION append_rows(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE behind integer := (c->>'afterNumber')::integer; written integer;
BEGIN
  -- One writer at a time for a book, until the end of the transaction.
  PERFORM pg_advisory_xact_lock(7210002, hashtext(c->>'book'));
  SELECT count(*) INTO written FROM book_row WHERE book = c->>'book' AND number > behind;
  IF written > 0 OR (behind > 0 AND NOT EXISTS (SELECT 1 FROM book_row WHERE book = c->>'book' AND number = behind)) THEN
    -- The very command, repeated because its end was not known.
    RETURN CASE WHEN written = jsonb_array_length(c->'rows') AND NOT EXISTS (
        SELECT 1 FROM jsonb_array_elements(c->'rows') WITH ORDINALITY AS x(item, place)
        JOIN book_row r ON r.book = c->>'book' AND r.number = behind + place WHERE r.text <> x.item->>'text')
      THEN '"appended"'::jsonb ELSE '"taken"'::jsonb END;
  END IF;
  INSERT INTO book_row SELECT c->>'book', behind + place, (x.item->>'atMs')::bigint, x.item->>'text'
    FROM jsonb_array_elements(c->'rows') WITH ORDINALITY AS x(item, place);
  RETURN '"appended"'::jsonb;
END $$;

CREATE OR REPLACE FUNCTION posted_in(c jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('payment', shown_payment(p), 'event', e.number, 'atMs', e.at_ms,
      'postings', (SELECT jsonb_agg(jsonb_build_object('account', q.account, 'amountFen', q.amount_fen) ORDER BY q.account)
        FROM posting q WHERE q.payment = e.payment AND q.event = e.number),
      'events', (SELECT jsonb_agg(jsonb_build_object('payment', p.number, 'number', x.number, 'atMs', x.at_ms, 'event', x.event) ORDER BY x.number)
        FROM event x WHERE x.payment = e.payment)) ORDER BY e.payment, e.number), '[]'::jsonb)
    FROM event e JOIN payment p ON p.serial = e.payment
    WHERE e.at_ms >= (c->>'fromMs')::bigint AND e.at_ms < (c->>'untilMs')::bigint
      AND EXISTS (SELECT 1 FROM posting q WHERE q.payment = e.payment AND q.event = e.number)
$$;

CREATE OR REPLACE FUNCTION taken_back_in(c jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('payment', shown_payment(p),
      'events', (SELECT jsonb_agg(jsonb_build_object('payment', p.number, 'number', x.number, 'atMs', x.at_ms, 'event', x.event) ORDER BY x.number)
        FROM event x WHERE x.payment = p.serial)) ORDER BY p.serial), '[]'::jsonb)
    FROM payment p WHERE NOT p.is_open
      AND EXISTS (SELECT 1 FROM event e WHERE e.payment = p.serial AND e.at_ms >= (c->>'fromMs')::bigint AND e.at_ms < (c->>'untilMs')::bigint)
      AND EXISTS (SELECT 1 FROM event e WHERE e.payment = p.serial AND e.event LIKE 'undone %')
      AND NOT EXISTS (SELECT 1 FROM posting q WHERE q.payment = p.serial)
$$;

CREATE OR REPLACE FUNCTION untold_payments(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE found jsonb;
BEGIN
  WITH taken AS (
      UPDATE payment SET tell_at_ms = (c->>'untilMs')::bigint WHERE serial IN (
        SELECT serial FROM payment WHERE notice_url IS NOT NULL AND state <> told AND state <> 'under-way'
          AND tell_at_ms <= (c->>'nowMs')::bigint
        ORDER BY tell_at_ms, serial LIMIT (c->>'most')::integer FOR UPDATE SKIP LOCKED)
      RETURNING payment.*)
    SELECT coalesce(jsonb_agg(jsonb_build_object('payment', shown_payment(taken::payment), 'tries', taken.tell_tries)
      ORDER BY taken.serial), '[]'::jsonb) FROM taken INTO found;
  RETURN found;
END $$;

CREATE OR REPLACE FUNCTION reopen_payment(r jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE p payment;
BEGIN
  UPDATE payment SET tell_tries = 0, tell_at_ms = 0, state = r->>'state', is_open = true, memory = r->>'memory', owner = r->'lease'->>'owner',
      lease_until_ms = (r->'lease'->>'untilMs')::bigint, fence = fence + 1, events = events + 1
    WHERE number = r->>'number' AND state = r->>'from' AND NOT is_open AND events = (r->>'eventNumber')::integer - 1
    RETURNING * INTO p;
  IF NOT FOUND THEN
    -- The very command, repeated because its end was not known.
    SELECT q.* INTO p FROM payment q JOIN event e ON e.payment = q.serial AND e.number = q.events
      WHERE q.number = r->>'number' AND q.events = (r->>'eventNumber')::integer AND e.event = r->>'event';
    RETURN CASE WHEN FOUND THEN shown_payment(p) END;
  END IF;
  INSERT INTO event VALUES (p.serial, p.events, (r->>'atMs')::bigint, r->>'event');
  INSERT INTO posting SELECT p.serial, p.events, x->>'account', (x->>'amountFen')::bigint FROM jsonb_array_elements(r->'postings') x;
  RETURN shown_payment(p);
END $$;

CREATE OR REPLACE FUNCTION run_ledger_command(c jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE claimed jsonb;
BEGIN
  CASE c->>'does'
    WHEN 'open' THEN RETURN open_payment(c);
    WHEN 'advance' THEN RETURN advance_payment(c->'step');
    WHEN 'claim' THEN
      WITH taken AS (
          UPDATE payment SET owner = c->'lease'->>'owner', lease_until_ms = (c->'lease'->>'untilMs')::bigint, fence = fence + 1
          WHERE serial IN (
            SELECT serial FROM payment WHERE is_open AND lease_until_ms < (c->>'expiredMs')::bigint
            ORDER BY serial LIMIT (c->>'most')::integer FOR UPDATE SKIP LOCKED)
          RETURNING payment.*)
        SELECT coalesce(jsonb_agg(shown_payment(taken::payment) ORDER BY taken.serial), '[]'::jsonb) FROM taken INTO claimed;
      RETURN claimed;
    WHEN 'renew' THEN
      -- In one order, so that two processes never wait for each other.
      PERFORM 1 FROM payment p JOIN jsonb_array_elements(c->'held') h ON p.number = h->>'number' AND p.fence = (h->>'fence')::integer
        ORDER BY p.serial FOR UPDATE OF p;
      UPDATE payment SET lease_until_ms = (c->>'untilMs')::bigint FROM jsonb_array_elements(c->'held') h
        WHERE number = h->>'number' AND fence = (h->>'fence')::integer AND is_open;
      RETURN NULL;
    WHEN 'reopen' THEN RETURN reopen_payment(c->'reopening');
    WHEN 'dead-ends' THEN
      RETURN (SELECT coalesce(jsonb_agg(shown_payment(p) ORDER BY serial), '[]'::jsonb) FROM payment p WHERE NOT is_open AND state IN ('in-doubt', 'given-up'));
    WHEN 'first' THEN RETURN (SELECT to_jsonb(at_ms) FROM event WHERE number = 1 ORDER BY payment LIMIT 1);
    WHEN 'sites' THEN RETURN (SELECT coalesce(jsonb_agg(DISTINCT site), '[]'::jsonb) FROM payment);
    WHEN 'payment-of-serial' THEN RETURN (SELECT shown_payment(p) FROM payment p WHERE serial = (c->>'serial')::bigint);
    WHEN 'payment' THEN RETURN (SELECT shown_payment(p) FROM payment p WHERE number = c->>'number');
    WHEN 'agreement' THEN
      RETURN (SELECT jsonb_build_object('person', person, 'mode', mode, 'bank', bank, 'agreement', agreement)
        FROM agreement WHERE person = (c->>'person')::bigint AND mode = c->>'mode');
    WHEN 'sign' THEN
      INSERT INTO agreement SELECT (x->>'person')::bigint, x->>'mode', x->>'bank', x->>'agreement'
        FROM jsonb_array_elements(c->'agreements') x
        ON CONFLICT (person, mode) DO UPDATE SET bank = excluded.bank, agreement = excluded.agreement;
      RETURN NULL;
    WHEN 'posted' THEN RETURN posted_in(c);
    WHEN 'taken-back' THEN RETURN taken_back_in(c);
    WHEN 'open-payments' THEN
      RETURN (SELECT coalesce(jsonb_agg(shown_payment(p) ORDER BY serial), '[]'::jsonb) FROM payment p WHERE is_open);
    WHEN 'untold' THEN RETURN untold_payments(c);
    WHEN 'told' THEN
      IF c->'againMs' IS NULL THEN
        UPDATE payment SET told = c->>'state', tell_tries = 0, tell_at_ms = 0 WHERE number = c->>'number';
      ELSE
        UPDATE payment SET tell_tries = (c->>'tries')::integer, tell_at_ms = (c->>'againMs')::bigint
          WHERE number = c->>'number' AND state = c->>'state';
      END IF;
      RETURN NULL;
    WHEN 'append' THEN RETURN append_rows(c);
    WHEN 'rows' THEN
      RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('number', number, 'atMs', at_ms, 'text', text) ORDER BY number), '[]'::jsonb)
        FROM book_row WHERE book = c->>'book' AND number > (c->>'afterNumber')::integer);
    WHEN 'books' THEN
      RETURN jsonb_build_object(
        'payments', (SELECT coalesce(jsonb_agg(shown_payment(p) ORDER BY serial), '[]'::jsonb) FROM payment p),
        'events', (SELECT coalesce(jsonb_agg(jsonb_build_object('payment', p.number, 'number', e.number, 'atMs', e.at_ms, 'event', e.event)
            ORDER BY e.payment, e.number), '[]'::jsonb) FROM event e JOIN payment p ON p.serial = e.payment),
        'postings', (SELECT coalesce(jsonb_agg(jsonb_build_object('payment', p.number, 'event', q.event, 'account', q.account,
            'amountFen', q.amount_fen) ORDER BY q.payment, q.event, q.account), '[]'::jsonb) FROM posting q JOIN payment p ON p.serial = q.payment));
    WHEN 'clear' THEN
      TRUNCATE posting, event, payment, agreement, book_row;
      RETURN NULL;
  END CASE;
END $$;

CREATE OR REPLACE FUNCTION run_ledger_batch(commands jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_agg(run_ledger_command(c) ORDER BY place) FROM jsonb_array_elements(commands) WITH ORDINALITY AS x(c, place)
$$;
`
