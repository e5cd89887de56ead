import ErrorAnalysis
import ExactArithmetic
import Testing

@Suite("A format rounds to nearest, ties to even, once")
struct FormatTests {
  /// Around every border: binades, ties, the subnormals, the greatest number.
  private func samples(_ format: FloatFormat) -> [Rational] {
    var samples: [Rational] = [0, 1, Rational(1, 3), Rational(2, 3), Rational(1, 1000)]
    let exponents = [
      format.minimumExponent - 2, format.minimumExponent - 1, format.minimumExponent,
      format.minimumExponent + 1, format.minimumExponent + format.precision - 1, -3, 0, 5,
      format.maximumExponent, format.maximumExponent + 1,
    ]
    for exponent in exponents {
      let base = Rational.powerOfTwo(exponent)
      let unit = format.ulp(at: base)
      for quarters in -9...9 {
        let near = base + unit * Rational(quarters, 4)
        samples += [near, near + unit * Rational(1, 1 << 20), near * Rational(3, 2)]
      }
    }
    return samples + samples.map { -$0 }
  }

  @Test("as the hardware does for binary64 and binary32")
  func hardware() throws {
    func check<Number: FormattedNumber>(_ type: Number.Type) {
      for sample in samples(Number.format) {
        let rounded = Number.format.rounded(sample)
        let expected = Number(nearest: sample).exact
        #expect(rounded.value == expected, "\(Number.format.name) \(sample)")
        #expect(rounded.isExact == (expected == sample))
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test("as the processor's conversion does for binary16, and half a binary32 for bfloat16")
  func short() throws {
    for sample in samples(.binary16) {
      let double = Double(nearest: sample)
      guard Rational(exactly: double) == sample else { continue }
      #expect(Binary16(nearest: sample).double == Double(Float16(double)), "\(sample)")
      #expect(Binary16(rounding: double).double == Double(Float16(double)), "\(sample)")
    }
    for sample in samples(.bfloat16) {
      let float = Float(nearest: sample)
      guard Rational(exactly: float) == sample else { continue }
      #expect(BFloat16(nearest: sample).double == Double(upperHalf(float)), "\(sample)")
    }
  }

  /// The usual trick: add half of what is cut off, and one more if the kept part is odd.
  private func upperHalf(_ float: Float) -> Float {
    let bits = float.bitPattern
    let rounded = bits + 0x7FFF + (bits >> 16 & 1)
    return Float(bitPattern: rounded & 0xFFFF_0000)
  }

  @Test("in emulated arithmetic too: sums and products are the exact ones, rounded")
  func arithmetic() throws {
    func check<Format: EmulatedFormat>(_ type: EmulatedNumber<Format>.Type) {
      let format = type.format
      let numbers = samples(format).compactMap { format.rounded($0).value }
      for (index, left) in numbers.enumerated() {
        for right in numbers.dropFirst(index % 67).enumerated().filter({ $0.offset % 67 == 0 }) {
          let (a, b) = (type.init(nearest: left), type.init(nearest: right.element))
          #expect((a + b).exact == format.rounded(left + right.element).value)
          #expect((a - b).exact == format.rounded(left - right.element).value)
          #expect((a * b).exact == format.rounded(left * right.element).value)
        }
      }
    }
    check(Binary16.self)
    check(BFloat16.self)
    #expect(Binary16.format == .binary16 && BFloat16.format == .bfloat16)
  }

  @Test("and tells underflow and overflow")
  func flags() {
    for format in FloatFormat.catalogue {
      let greatest = format.greatestFinite
      let half = format.halfUlp(at: greatest)
      #expect(!format.rounded(greatest).isOverflow && format.contains(greatest))
      #expect(!format.rounded(greatest + half * Rational(999, 1000)).isOverflow)
      #expect(format.rounded(greatest + half).isOverflow)
      #expect(format.rounded(-greatest - half).isOverflow)
      #expect(format.rounded(format.leastNonzero * Rational(1, 2)).isUnderflow)
      #expect(format.rounded(format.leastNonzero * Rational(1, 2)).value == 0)
      #expect(!format.rounded(format.leastNonzero).isUnderflow)
      #expect(!format.rounded(format.leastNormal * Rational(1, 2)).isUnderflow)
    }
  }

  @Test("Neighbours are neighbours")
  func neighbours() throws {
    for sample in samples(.binary64) {
      let double = Double(nearest: sample)
      guard double.isFinite, let exact = Rational(exactly: double) else { continue }
      #expect(FloatFormat.binary64.nextUp(exact) == Rational(exactly: double.nextUp), "\(double)")
      #expect(FloatFormat.binary64.nextDown(exact) == Rational(exactly: double.nextDown))
    }
    for format in FloatFormat.catalogue {
      for sample in samples(format) {
        guard let up = format.nextUp(sample) else { continue }
        #expect(up > sample && format.contains(up), "\(format.name) \(sample)")
        let middle = (up + sample) * Rational(1, 2)
        #expect(format.rounded(middle).value.map { $0 <= up } ?? true)
      }
    }
  }
}
