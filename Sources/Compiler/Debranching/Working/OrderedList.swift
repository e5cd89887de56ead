/// A list of small numbers (slots) that says in constant time which of two comes first, however
/// often others are put between them.
///
/// Each slot has a label, and labels ascend along the list. What is put in gets a label between its
/// neighbours'; where there is no room left, all labels are given anew, evenly. A newcomer stays
/// close behind its left neighbour, as rewriting moves from left to right: so there is room for
/// thousands of insertions at one place before that happens.
///
/// Source: P. F. Dietz, D. D. Sleator, *Two Algorithms for Maintaining Order in a List*, STOC 1987,
/// without the refinements that bound the worst case.
struct OrderedList: Sendable {
  private var labels: [UInt64]
  private var next: [Int32]
  private var previous: [Int32]
  private(set) var last: Int

  private static let none: Int32 = -1
  private static let widestGap: UInt64 = 1 << 40
  private static let stride: UInt64 = 1 << 20

  /// The slots 0, 1, …, `count` − 1 in this order. Precondition: there is one.
  init(count: Int) {
    labels = (0..<UInt64(count)).map { ($0 + 1) * OrderedList.widestGap }
    next = (1...Int32(count)).map { $0 == Int32(count) ? OrderedList.none : $0 }
    previous = (-1..<Int32(count - 1)).map { $0 }
    last = count - 1
  }

  /// Slots given so far, removed ones included.
  var slotCount: Int { labels.count }

  func isBefore(_ left: Int, _ right: Int) -> Bool { labels[left] < labels[right] }

  /// Where the slot stands: ascending along the list, until the list changes.
  func label(_ slot: Int) -> UInt64 { labels[slot] }

  /// The slot behind this one; nil behind the last.
  func successor(of slot: Int) -> Int? {
    next[slot] == OrderedList.none ? nil : Int(next[slot])
  }

  /// A slot that is in no list yet. They are numbered in the order in which they are made.
  mutating func makeSlot() -> Int {
    labels.append(0)
    next.append(OrderedList.none)
    previous.append(OrderedList.none)
    return labels.count - 1
  }

  /// Precondition: `slot` is not the first.
  mutating func insert(_ new: Int, before slot: Int) {
    let left = Int(previous[slot])
    precondition(left >= 0, "nothing comes before the first slot")
    if labels[slot] - labels[left] < 2 { relabel(startingFrom: slot) }
    labels[new] = labels[left] + min((labels[slot] - labels[left]) / 2, OrderedList.stride)
    link(left, new)
    link(new, slot)
  }

  mutating func append(_ new: Int) {
    labels[new] = labels[last] + OrderedList.widestGap
    link(last, new)
    last = new
  }

  /// Precondition: `slot` is neither the first nor alone.
  mutating func remove(_ slot: Int) {
    let left = Int(previous[slot])
    precondition(left >= 0, "the first slot stays")
    if slot == last {
      last = left
      next[left] = OrderedList.none
    } else {
      link(left, Int(next[slot]))
    }
  }

  private mutating func link(_ left: Int, _ right: Int) {
    next[left] = Int32(right)
    previous[right] = Int32(left)
  }

  private mutating func relabel(startingFrom slot: Int) {
    var first = slot
    while previous[first] != OrderedList.none { first = Int(previous[first]) }
    var label: UInt64 = 0
    var current: Int? = first
    while let slot = current {
      label += OrderedList.widestGap
      labels[slot] = label
      current = successor(of: slot)
    }
  }
}
