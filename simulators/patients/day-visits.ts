/**
 * The visits of one day as columns, in order of arrival: who comes, where, what for, and the bills with who would pay them.
 * Alike in every arm; payment modes are chosen from it by choose-modes.ts.
 */
export interface DayVisits {
  readonly count: number
  /** VISIT_… */
  readonly kind: Uint8Array
  readonly person: Int32Array
  /** First counter word of the visit's own draws. */
  readonly drawId: Int32Array
  /** Tick. */
  readonly arrival: Int32Array
  readonly site: Int32Array
  /** Slot of the consulting room within the site. */
  readonly room: Uint8Array
  readonly tier: Uint8Array
  readonly district: Uint8Array
  readonly department: Uint8Array
  readonly age: Uint8Array
  readonly insured: Uint8Array
  /** 0 none · 1 laboratory · 2 imaging · 3 both. */
  readonly examination: Uint8Array
  readonly drugs: Uint8Array
  /** registrationWays index for somebody who does not use the phone modes. */
  readonly registration: Uint8Array
  /** Before the reform: 1 pays at the kiosk. */
  readonly kiosk: Uint8Array
  /** 0 alone · 1 with help · 2 does not manage. */
  readonly selfService: Uint8Array
  /** The person's one uniform for adoption. */
  readonly adoption: Float64Array
  readonly channel: Uint8Array
  readonly entries: Int32Array
  readonly creditBank: Uint8Array
  readonly ownBank: Uint8Array
  /** At a kiosk: 0 with a bank card, otherwise 1 + number of the wallet whose 付款码 is shown. */
  readonly kioskWallet: Uint8Array
  /** Bits: HABIT_… */
  readonly habits: Uint8Array
  /** 0 most urgent … 3. */
  readonly urgency: Uint8Array
  /** Sign-up result 0…3; remote visits: 1 pays through the platform; switch: 0 a terminal, 1 the directory. */
  readonly result: Uint8Array
  /** Three a visit, one for each payment point: the bill in fen and its parts; 32 bits carry 21 million yuan. */
  readonly billFen: Int32Array
  readonly fundFen: Int32Array
  readonly currentAccountFen: Int32Array
  readonly historyAccountFen: Int32Array
  readonly cashFen: Int32Array
  /** Four a visit: fund, current account, history account and cash of all its bills settled as one; written where an arm settles on leaving. */
  readonly onceFen: Int32Array
  /** Five a visit: what stands of its last bill, and of it fund, current account, history account and cash; written where a part goes back. */
  readonly restFen: Int32Array
  /** Free credit at the start of the visit, fen. */
  readonly freeCreditFen: Int32Array
}

export const VISIT_OUTPATIENT = 0
export const VISIT_EMERGENCY = 1
export const VISIT_INTERNET = 2
export const VISIT_PHARMACY = 3
/** Without a site on an ordinary day; in the hall of a site that switches over, with it. */
export const VISIT_SIGN_UP = 4
/** A terminal or a directory of a site that switches over: no patient. */
export const VISIT_SWITCH = 5

export const HABIT_IMPATIENT = 1
export const HABIT_RAISE = 2
/** Asked for a credit agreement and was refused: pays by phone instead. */
export const HABIT_REFUSED = 4
/** Treated first, walks out without settling. */
export const HABIT_UNSETTLED = 8
/** The last bill of examination or drugs goes back. */
export const HABIT_TAKES_BACK = 16
/** … and a part of it stands. */
export const HABIT_BACK_IN_PART = 32
/** Words of a visit in `restFen`. */
export const REST_PARTS = 5
/** Words of a visit in `onceFen`. */
export const ONCE_PARTS = 4

/** A visit that is nobody's: a terminal's or a directory's. What it is for stands in `kind` and `result`. */
export function writeNobody(columns: DayVisits, at: number): void {
  for (const column of [columns.person, columns.district, columns.age, columns.insured, columns.registration, columns.kiosk]) column[at] = 0
  for (const column of [columns.channel, columns.entries, columns.creditBank, columns.ownBank, columns.habits, columns.selfService])
    column[at] = 0
  columns.kioskWallet[at] = 0
  columns.adoption[at] = 1
}

/** Columns with room for this many visits. */
export function layDayVisits(room: number): DayVisits {
  const bytes = (): Uint8Array => new Uint8Array(room)
  const words = (): Int32Array => new Int32Array(room)
  const fen = (): Int32Array => new Int32Array(room * 3)
  return {
    count: 0,
    kind: bytes(),
    person: words(),
    drawId: words(),
    arrival: words(),
    site: words(),
    room: bytes(),
    tier: bytes(),
    district: bytes(),
    department: bytes(),
    age: bytes(),
    insured: bytes(),
    examination: bytes(),
    drugs: bytes(),
    registration: bytes(),
    kiosk: bytes(),
    selfService: bytes(),
    adoption: new Float64Array(room),
    channel: bytes(),
    entries: words(),
    creditBank: bytes(),
    ownBank: bytes(),
    kioskWallet: bytes(),
    habits: bytes(),
    urgency: bytes(),
    result: bytes(),
    billFen: fen(),
    fundFen: fen(),
    currentAccountFen: fen(),
    historyAccountFen: fen(),
    cashFen: fen(),
    onceFen: new Int32Array(room * ONCE_PARTS),
    restFen: new Int32Array(room * REST_PARTS),
    freeCreditFen: words(),
  }
}
