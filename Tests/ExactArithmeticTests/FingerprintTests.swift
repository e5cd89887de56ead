import ExactArithmetic
import Testing

@Suite("Fingerprints of numbers")
struct FingerprintTests {
  @Test("Small ones are their sketches; large ones are the same in every run")
  func values() {
    #expect(Rational(2, 3).fingerprint == Rational(4, 6).sketch)
    let large = Rational(10).raised(to: 30)
    #expect(large.fingerprint == (large + 1 - 1).fingerprint)
    #expect(large.fingerprint != (large + 1).fingerprint)
    // Of "1" and 30 zeros, by the rule of Fowler, Noll and Vo.
    var expected: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in ("1" + String(repeating: "0", count: 30)).utf8 {
      expected = (expected ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    #expect(large.fingerprint == expected)
  }

  @Test("The order of parts counts")
  func order() {
    var first = Sketch()
    var second = Sketch()
    for part in [1, 2] { first.add(part) }
    for part in [2, 1] { second.add(part) }
    #expect(first.value != second.value)
  }
}
