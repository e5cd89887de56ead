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

  @Test(
    "To add a multiple is to scale, then to add, whatever bounds are missing",
    arguments: [
      .everything, 0, Interval(-1, 2), Interval(nil, 3), Interval(-4, nil), Interval(5, 7),
    ]
      as [Interval], [-3, 0, 1, Rational(2, 7)] as [Rational])
  func additionOfMultiples(value: Interval, weight: Rational) {
    for start in [.everything, Interval(-1, 2), Interval(nil, 3), Interval(-4, nil)] as [Interval] {
      var sum = start
      sum.add(weight, times: value)
      #expect(sum == start + value.scaled(by: weight))
    }
  }
}
