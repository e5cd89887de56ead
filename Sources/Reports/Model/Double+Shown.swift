extension Double {
  /// For people: four digits, an exponent where the number is very large or small.
  var shown: String { text(digits: 4) }

  /// So many significant digits, rounded.
  func text(digits: Int) -> String {
    if isNaN { return "NaN" }
    guard isFinite else { return self > 0 ? "∞" : "-∞" }
    guard self != 0 else { return "0" }
    let sign = self < 0 ? "-" : ""
    let (decimals, exponent) = magnitude.rounded(toDigits: digits)
    let digits = decimals.trimmingZeros
    switch exponent {
    case 0..<max(6, decimals.count):
      let whole = digits.padded(to: exponent + 1)
      let fraction = digits.dropFirst(exponent + 1)
      return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
    case -3..<0:
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
    default:
      let fraction = digits.dropFirst()
      return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e\(exponent)"
    }
  }

  /// The leading decimal digits and the exponent of the first. Precondition: finite, positive.
  ///
  /// From the shortest decimal that reads back to the number, so that no arithmetic is needed.
  private func rounded(toDigits count: Int) -> (digits: String, exponent: Int) {
    let parts = description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa[0]
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + whole.count - 1
    var digits = (whole + fraction).compactMap(\.wholeNumberValue)
    while let first = digits.first, first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    if digits.count > count {
      let roundsUp = digits[count] >= 5
      digits.removeLast(digits.count - count)
      if roundsUp {
        var place = count - 1
        while place >= 0, digits[place] == 9 {
          digits[place] = 0
          place -= 1
        }
        if place >= 0 {
          digits[place] += 1
        } else {
          digits.insert(1, at: 0)
          digits.removeLast()
          exponent += 1
        }
      }
    }
    return (digits.map(String.init).joined(), exponent)
  }

  /// log₂, to a billionth: from the exponent and a series, the same on every machine.
  /// Precondition: finite, positive.
  var log2: Double {
    let part = (significand - 1) / (significand + 1)
    let square = part * part
    var sum = 0.0
    for term in stride(from: 27.0, through: 1, by: -2) { sum = sum * square + 1 / term }
    return Double(exponent) + 2 * part * sum * 1.4426950408889634
  }

  func log(base: Int) -> Double { log2 / Double(base).log2 }
}

extension String {
  fileprivate var trimmingZeros: String {
    let kept = String(reversed().drop { $0 == "0" }.reversed())
    return kept.isEmpty ? "0" : kept
  }

  fileprivate func padded(to count: Int) -> String {
    String(prefix(count)) + String(repeating: "0", count: Swift.max(0, count - self.count))
  }

  /// Digits as exponents: ⁻¹².
  var raised: String {
    String(
      map { character in
        switch character {
        case "-": "⁻"
        case "0": "⁰"
        case "1": "¹"
        case "2": "²"
        case "3": "³"
        case "4": "⁴"
        case "5": "⁵"
        case "6": "⁶"
        case "7": "⁷"
        case "8": "⁸"
        case "9": "⁹"
        default: character
        }
      })
  }
}
