import ExactArithmetic

extension AtomTable {
  /// How much of a form is shown.
  private static let longestText = 200

  /// The form as people write it, such as `2 relu(in[0] - 1) + src[4.0] * src[4.1] - 3`; cut where
  /// it gets long. `src[k.j]` is what coordinate j of the source's node k was one step before.
  func text(_ form: Form) -> String {
    var writer = FormWriter(atoms: atoms, longest: AtomTable.longestText)
    writer.write(form, depth: 0)
    return writer.text
  }
}

private struct FormWriter {
  let atoms: [Atom]
  let longest: Int
  private(set) var text = ""

  init(atoms: [Atom], longest: Int) {
    self.atoms = atoms
    self.longest = longest
  }

  /// Forms are nested as deeply as programs are long; what is shown of them is not.
  private static let deepest = 6

  private var isFull: Bool { text.utf8.count >= longest }

  mutating func write(_ form: Form, depth: Int) {
    if form.isZero { text += "0" }
    for (place, term) in form.terms.enumerated() {
      if isFull {
        text += " ..."
        return
      }
      let isNegative = term.coefficient < 0
      if place == 0 {
        text += isNegative ? "-" : ""
      } else {
        text += isNegative ? " - " : " + "
      }
      write(term.coefficient.magnitude, term.atom, depth: depth)
    }
  }

  private mutating func write(_ size: Rational, _ atom: Int, depth: Int) {
    if atom == AtomTable.one || size != 1 {
      let number = size.bitCount > 400 ? "(a number of \(size.bitCount) bits)" : "\(size)"
      text += number
    }
    if atom == AtomTable.one { return }
    if size != 1 { text += " " }
    write(atom: atom, depth: depth)
  }

  private mutating func write(atom: Int, depth: Int) {
    switch atoms[atom] {
    case .one: text += "1"
    case .input(let place): text += "in[\(place)]"
    case .source(let coordinate): text += "src[\(coordinate.node).\(coordinate.place)]"
    case .target(let coordinate): text += "tgt[\(coordinate.node).\(coordinate.place)]"
    case .relu(let form):
      text += "relu("
      writeInner(form, depth: depth)
      text += ")"
    case .product(let left, let right):
      write(factor: left, depth: depth)
      text += " * "
      write(factor: right, depth: depth)
    }
  }

  private mutating func write(factor: Form, depth: Int) {
    if let atom = factor.singleAtom, depth < FormWriter.deepest {
      write(atom: atom, depth: depth + 1)
      return
    }
    text += "("
    writeInner(factor, depth: depth)
    text += ")"
  }

  private mutating func writeInner(_ form: Form, depth: Int) {
    if depth >= FormWriter.deepest || isFull {
      text += "..."
    } else {
      write(form, depth: depth + 1)
    }
  }
}
