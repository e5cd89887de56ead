/// Numbers of one kind at a fixed place, freed with their owner: what inner loops run over. Plain
/// arrays would be checked for uniqueness at every write.
final class Block<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating element: Element, count: Int) {
    self.count = count
    start = .allocate(capacity: max(count, 1))
    start.initialize(repeating: element, count: count)
  }

  convenience init(_ elements: [Element], or filler: Element) {
    self.init(repeating: filler, count: elements.count)
    for (index, element) in elements.enumerated() { start[index] = element }
  }

  deinit { start.deallocate() }
}

/// A range of places in a block, as blocks can hold it.
struct Places: BitwiseCopyable {
  let start: Int
  let end: Int

  static let none = Places(0..<0)

  init(_ range: Range<Int>) {
    start = range.lowerBound
    end = range.upperBound
  }

  @inline(__always)
  var range: Range<Int> { Range(uncheckedBounds: (start, end)) }

  @inline(__always)
  var isEmpty: Bool { start == end }
}
