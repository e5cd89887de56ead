import ExactArithmetic

// A matrix as a directed graph: coordinate i reads coordinate j where entry (i, j) is not zero.
// Without recursion, since states may have tens of thousands of coordinates.

/// Sets of coordinates connected in either direction, each ascending, by their least element.
func connectedComponents(of matrix: Matrix) -> [[Int]] {
  var leaders = Array(0..<matrix.rowCount)
  func leader(of index: Int) -> Int {
    var index = index
    while leaders[index] != index {
      leaders[index] = leaders[leaders[index]]
      index = leaders[index]
    }
    return index
  }
  for index in 0..<matrix.rowCount {
    for entry in matrix.row(index) {
      let (first, second) = (leader(of: index), leader(of: entry.column))
      leaders[max(first, second)] = min(first, second)
    }
  }
  var members: [Int: [Int]] = [:]
  for index in 0..<matrix.rowCount { members[leader(of: index), default: []].append(index) }
  return members.keys.sorted().compactMap { members[$0] }
}

/// Sets of coordinates each of which depends on each, ascending inside; a set comes after those
/// that it reads.
///
/// Source: S. R. Kosaraju, as in A. Aho, J. Hopcroft, J. Ullman, *Data Structures and Algorithms*,
/// 1983, section 6.7.
func stronglyConnectedComponents(of matrix: Matrix) -> [[Int]] {
  let size = matrix.rowCount
  var readers = [[Int]](repeating: [], count: size)
  for index in 0..<size {
    for entry in matrix.row(index) { readers[entry.column].append(index) }
  }
  // What finishes last reads nothing outside its set, except sets already taken; so what it reaches
  // by reading, and is not taken, is its set.
  let order = finishingOrder(size) { readers[$0] }
  var isTaken = [Bool](repeating: false, count: size)
  var components: [[Int]] = []
  for start in order.reversed() where !isTaken[start] {
    var component: [Int] = []
    var stack = [start]
    isTaken[start] = true
    while let index = stack.popLast() {
      component.append(index)
      for entry in matrix.row(index) where !isTaken[entry.column] {
        isTaken[entry.column] = true
        stack.append(entry.column)
      }
    }
    components.append(component.sorted())
  }
  return components
}

/// All of 0..<size in the order in which a depth-first search leaves them.
private func finishingOrder(_ size: Int, _ next: (Int) -> [Int]) -> [Int] {
  var isSeen = [Bool](repeating: false, count: size)
  var order: [Int] = []
  for start in 0..<size where !isSeen[start] {
    isSeen[start] = true
    var stack = [(node: start, successors: next(start)[...])]
    while let top = stack.last {
      if let successor = top.successors.first {
        stack[stack.count - 1].successors.removeFirst()
        if isSeen[successor] { continue }
        isSeen[successor] = true
        stack.append((successor, next(successor)[...]))
      } else {
        order.append(top.node)
        stack.removeLast()
      }
    }
  }
  return order
}

extension Matrix {
  /// The level of each coordinate: the longest chain of other coordinates that it reads, directly
  /// or not. Precondition: triangular up to a permutation.
  var levels: [Int] {
    var levels = [Int](repeating: 0, count: rowCount)
    for block in stronglyConnectedComponents(of: self) {
      precondition(block.count == 1, "coordinates \(block) of a triangular matrix form a cycle")
      let index = block[0]
      for entry in row(index) where entry.column != index {
        levels[index] = max(levels[index], levels[entry.column] + 1)
      }
    }
    return levels
  }
}
