import ExactArithmetic
import Testing

@Suite("Intervals")
struct IntervalTests {
  @Test(
    "The nearest member, also where one side has no bound",
    arguments: [
      (Interval(nil, 5), 8, 5), (Interval(nil, 5), -8, -8), (Interval(2, nil), -8, 2),
      (Interval(2, nil), 8, 8), (Interval(2, 5), 3, 3), (Interval(2, 5), 9, 5),
      (.everything, 9, 9),
    ] as [(Interval, Rational, Rational)])
  func nearest(range: Interval, value: Rational, expected: Rational) {
    #expect(range.nearest(to: value) == expected)
    #expect(range.contains(range.nearest(to: value)))
  }
}
