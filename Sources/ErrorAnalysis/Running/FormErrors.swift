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

/// The deviation of an affine form from those of its atoms.
///
/// ReLUs whose arguments are alpha l + beta with one l are taken together: their sum
/// g(l) = Σ c ReLU(alpha l + beta) is piecewise linear in l, so g(l̂) − g(l) is the gap l̂ − l times
/// a number in the hull of the slopes that g has between the two; what the arguments' own rounding
/// errors do is added. For a step that has saturated on both sides the slope is exactly 0, however
/// steep it is. The better of this and the plain sum counts.
final class FormErrors {
  private struct Single: BitwiseCopyable {
    let atom: Int
    let factor: Factor

    init(_ term: AtomForm.Term) {
      atom = term.atom
      factor = Factor(term.coefficient)
    }
  }

  private struct Group {
    let gap: Int
    let members: Range<Int>
    let slopes: SlopeTable
  }

  private let singles: Block<Single>

  /// The members of all groups.
  private let members: Block<Single>
  private var groups: [Group] = []

  /// `direction(atom)` is the group and alpha of a ReLU; nil for other atoms.
  init(_ form: [AtomForm.Term], direction: (Int) -> (gap: Int, alpha: Rational)?) {
    var singles: [Single] = []
    var grouped: [Int: [(term: AtomForm.Term, alpha: Rational)]] = [:]
    var order: [Int] = []
    for term in form {
      guard let (gap, alpha) = direction(term.atom) else {
        singles.append(Single(term))
        continue
      }
      if grouped[gap] == nil { order.append(gap) }
      grouped[gap, default: []].append((term, alpha))
    }
    var members: [Single] = []
    for gap in order {
      let list = grouped[gap, default: []]
      guard list.count > 1 else {
        singles += list.map { Single($0.term) }
        continue
      }
      // Any part of a group may be taken by itself, and a table reaches only so far.
      for start in stride(from: 0, to: list.count, by: SlopeTable.largestCount) {
        let part = list[start..<min(start + SlopeTable.largestCount, list.count)]
        groups.append(
          Group(
            gap: gap, members: members.count..<members.count + part.count,
            slopes: SlopeTable(part.map { $0.term.coefficient * $0.alpha })))
        members += part.map { Single($0.term) }
      }
    }
    let filler = Single(AtomForm.Term(atom: 0, coefficient: 0))
    self.singles = Block(singles, or: filler)
    self.members = Block(members, or: filler)
  }

  func deviation(_ atoms: AtomDeviations) -> Deviation {
    var sum = Deviation.zero
    for place in 0..<singles.count {
      let single = singles.start + place
      let error = atoms.all[single.pointee.atom]
      if !error.isZero { sum = sum + single.pointee.factor.times(error) }
    }
    for group in groups { sum = sum + deviation(of: group, atoms) }
    return sum
  }

  private func deviation(of group: Group, _ atoms: AtomDeviations) -> Deviation {
    var plain = Deviation.zero
    var phases: UInt64 = 0
    for place in group.members {
      let member = members.start + place
      let atom = member.pointee.atom
      phases = phases &* 3 &+ UInt64(atoms.phases[atom])
      plain = plain + member.pointee.factor.times(atoms.all[atom])
    }
    if plain.radius == 0 { return plain }
    let gap = atoms.gaps[group.gap]
    let slopes = group.slopes[phases]
    var shared = slopes.middle.times(gap)
    if slopes.reach > 0 {
      shared = shared + Deviation(0, slopes.reach.upward(times: gap.bound))
    }
    for place in group.members {
      let member = members.start + place
      let local = atoms.local[member.pointee.atom]
      if !local.isZero { shared = shared + member.pointee.factor.times(local) }
    }
    return shared.radius < plain.radius ? shared : plain
  }
}

/// The slopes of Σ c ReLU(alpha l + beta), for each way in which its ReLUs may be on, off or unsure:
/// computed exactly when first met, then kept.
final class SlopeTable {
  struct Slopes {
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
  private var last: (key: UInt64, slopes: Slopes)?

  /// `weights`: c alpha for each ReLU.
  init(_ weights: [Rational]) { self.weights = weights }

  /// `phases` has a digit for each ReLU to base 3, the first one highest.
  subscript(phases: UInt64) -> Slopes {
    if let last, last.key == phases { return last.slopes }
    let slopes = table[phases] ?? computed(phases)
    last = (phases, slopes)
    return slopes
  }

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
