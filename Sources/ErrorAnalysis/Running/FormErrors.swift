import ExactArithmetic

/// Deviations of the atoms of one step, and what ReLUs of proportional arguments share.
struct AtomDeviations {
  /// Whether a ReLU's argument is at least 0 or at most 0 all the way from exact to float.
  enum Phase {
    static let off: UInt8 = 0
    static let on: UInt8 = 1
    static let unsure: UInt8 = 2
  }

  /// float − exact, by atom.
  let all: UnsafeMutablePointer<Deviation>

  /// For ReLUs: what the local error of the argument alone does to the result.
  let local: UnsafeMutablePointer<Deviation>
  let phases: UnsafeMutablePointer<UInt8>

  /// By group of ReLUs: float − exact of the form that their arguments are multiples of.
  let gaps: UnsafeMutablePointer<Deviation>
}

/// The deviations of affine forms from those of their atoms.
///
/// ReLUs whose arguments are alpha l + beta with one l are taken together: their sum
/// g(l) = Σ c ReLU(alpha l + beta) is piecewise linear in l, so g(l̂) − g(l) is the gap l̂ − l times
/// a number in the hull of the slopes that g has between the two; what the arguments' own rounding
/// errors do is added. For a step that has saturated on both sides the slope is exactly 0, however
/// steep it is. The better of this and the plain sum counts.
///
/// All forms of a tape lie end to end: nothing is counted, copied or allocated while it runs.
final class FormErrors {
  struct Single: BitwiseCopyable {
    let atom: Int
    let factor: Factor

    init(_ term: AtomForm.Term) {
      atom = term.atom
      factor = Factor(term.coefficient)
    }
  }

  private struct Form: BitwiseCopyable {
    let singles: Places
    let groups: Places
  }

  private struct Group: BitwiseCopyable {
    let gap: Int
    let members: Places

    /// The slopes that were asked for last.
    var phases = UInt64.max
    var slopes = SlopeTable.Slopes(middle: Factor(0), reach: 0)
  }

  private let forms: Block<Form>
  private let singles: Block<Single>
  private let groups: Block<Group>

  /// By group.
  private let tables: [SlopeTable]

  /// `direction(atom)` is the group and alpha of a ReLU; nil for other atoms.
  init(_ list: [[AtomForm.Term]], direction: (Int) -> (gap: Int, alpha: Rational)?) {
    var writer = FormWriter()
    var forms: [Form] = []
    var groups: [Group] = []
    for form in list {
      let written = writer.append(form, direction)
      let start = groups.count
      groups += written.groups.map { Group(gap: $0.gap, members: Places($0.members)) }
      forms.append(Form(singles: Places(written.singles), groups: Places(start..<groups.count)))
    }
    self.forms = Block(forms, or: Form(singles: .none, groups: .none))
    singles = Block(
      writer.singles, or: Single(AtomForm.Term(atom: 0, coefficient: 0)))
    self.groups = Block(groups, or: Group(gap: 0, members: .none))
    tables = writer.tables
  }

  func deviation(_ form: Int, _ atoms: AtomDeviations) -> Deviation {
    let form = forms.start + form
    var sum = Deviation.zero
    var single = singles.start + form.pointee.singles.start
    let end = singles.start + form.pointee.singles.end
    while single < end {
      let error = atoms.all[single.pointee.atom]
      if !error.isZero { sum = sum + single.pointee.factor.times(error) }
      single += 1
    }
    for group in form.pointee.groups.range { sum = sum + deviation(ofGroup: group, atoms) }
    return sum
  }

  private func deviation(ofGroup index: Int, _ atoms: AtomDeviations) -> Deviation {
    let group = groups.start + index
    let first = singles.start + group.pointee.members.start
    let end = singles.start + group.pointee.members.end
    var plain = Deviation.zero
    var phases: UInt64 = 0
    var member = first
    while member < end {
      let atom = member.pointee.atom
      phases = phases &* 3 &+ UInt64(atoms.phases[atom])
      let error = atoms.all[atom]
      if !error.isZero { plain = plain + member.pointee.factor.times(error) }
      member += 1
    }
    if plain.radius == 0 { return plain }
    if group.pointee.phases != phases {
      group.pointee.phases = phases
      group.pointee.slopes = tables[index][phases]
    }
    let gap = atoms.gaps[group.pointee.gap]
    var shared = group.pointee.slopes.middle.times(gap)
    let reach = group.pointee.slopes.reach
    if reach > 0 { shared = shared + Deviation(0, reach.upward(times: gap.bound)) }
    member = first
    while member < end {
      let local = atoms.local[member.pointee.atom]
      if !local.isZero { shared = shared + member.pointee.factor.times(local) }
      member += 1
    }
    return shared.radius < plain.radius ? shared : plain
  }
}

/// Forms taken apart into ReLUs that share an argument, and the rest.
private struct FormWriter {
  private(set) var singles: [FormErrors.Single] = []
  private(set) var tables: [SlopeTable] = []

  mutating func append(
    _ form: [AtomForm.Term], _ direction: (Int) -> (gap: Int, alpha: Rational)?
  ) -> (singles: Range<Int>, groups: [(gap: Int, members: Range<Int>)]) {
    let start = singles.count
    var grouped: [Int: [(term: AtomForm.Term, alpha: Rational)]] = [:]
    var order: [Int] = []
    for term in form {
      guard let (gap, alpha) = direction(term.atom) else {
        singles.append(FormErrors.Single(term))
        continue
      }
      if grouped[gap] == nil { order.append(gap) }
      grouped[gap, default: []].append((term, alpha))
    }
    for gap in order {
      let list = grouped[gap, default: []]
      if list.count == 1 { singles += list.map { FormErrors.Single($0.term) } }
    }
    let end = singles.count
    var groups: [(gap: Int, members: Range<Int>)] = []
    for gap in order {
      let list = grouped[gap, default: []]
      guard list.count > 1 else { continue }
      // Any part of a group may be taken by itself, and a table reaches only so far.
      for first in stride(from: 0, to: list.count, by: SlopeTable.largestCount) {
        let part = list[first..<min(first + SlopeTable.largestCount, list.count)]
        groups.append((gap, singles.count..<singles.count + part.count))
        tables.append(SlopeTable(part.map { $0.term.coefficient * $0.alpha }))
        singles += part.map { FormErrors.Single($0.term) }
      }
    }
    return (start..<end, groups)
  }
}

/// The slopes of Σ c ReLU(alpha l + beta), for each way in which its ReLUs may be on, off or unsure:
/// computed exactly when first met, then kept.
final class SlopeTable {
  struct Slopes: BitwiseCopyable {
    /// All slopes are within `reach` of `middle`.
    let middle: Factor
    let reach: Double
  }

  /// As many digits to base 3 as a key has.
  static let largestCount = 40

  /// Inputs could make up ever new ways: then the table starts anew.
  private static let largestTable = 4096

  private let weights: [Rational]
  private var table: [UInt64: Slopes] = [:]

  /// `weights`: c alpha for each ReLU.
  init(_ weights: [Rational]) { self.weights = weights }

  /// `phases` has a digit for each ReLU to base 3, the first one highest.
  subscript(phases: UInt64) -> Slopes { table[phases] ?? computed(phases) }

  private func computed(_ phases: UInt64) -> Slopes {
    var (least, most, rest): (Rational, Rational, UInt64) = (0, 0, phases)
    for weight in weights.reversed() {
      let phase = UInt8(rest % 3)
      rest /= 3
      if phase == AtomDeviations.Phase.off { continue }
      let isUnsure = phase == AtomDeviations.Phase.unsure
      least += isUnsure ? min(weight, 0) : weight
      most += isUnsure ? max(weight, 0) : weight
    }
    let half = Rational(1, 2)
    let slopes = Slopes(
      middle: Factor((least + most) * half),
      reach: Double.upperBound(of: (most - least) * half))
    if table.count >= SlopeTable.largestTable { table.removeAll() }
    table[phases] = slopes
    return slopes
  }
}
