import ExactArithmetic
import LSRL
import Testing

@testable import ErrorAnalysis

@Suite("Bounds on f_ifelse before any input")
struct IfElseTableTests {
  struct Generator: RandomNumberGenerator {
    var state: UInt64 = 1
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test("table")
  func table() throws {
    for format in [FloatFormat.binary64, .binary32] {
      for variant in ConditionalVariant.allCases {
        for (form, order) in [
          (ConditionalQuestion.Form.written, ConditionalQuestion.Order.guardFirst),
          (.fused, .guardFirst), (.fused, .guardLast),
        ] {
          for guards in ConditionalQuestion.Guards.allCases {
            let question = ConditionalQuestion(
              variant: variant, form: form, order: order, format: format, guards: guards)
            var generator = Generator()
            let clock = ContinuousClock()
            let t0 = clock.now
            let witness = try question.witness(samples: 2000, using: &generator)
            let t1 = clock.now
            let bound = try question.bound(reaching: witness?.error ?? 0)
            let t2 = clock.now
            let e = Double(nearest: witness?.error ?? 0)
            print(
              format.name, variant.rawValue, form.rawValue, order.rawValue, guards.rawValue,
              "observed", e, "bound", bound.error, "ratio", bound.error / e, "boxes", bound.boxes,
              t1 - t0, t2 - t1)
            #expect(e <= bound.error)
          }
        }
      }
    }
  }
}
