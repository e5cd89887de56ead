import LSRL

/// From the ids of nodes to their slots. Ids are small numbers in practice, and new ones follow the
/// largest, so a table serves; for ids far from all others a dictionary does.
struct SlotTable: Sendable {
  private var table: [Int32]
  private var others: [NodeID: Int] = [:]

  private static let none: Int32 = -1

  /// How far the table grows for one id.
  private static let reach = 64

  /// The slot of each node is its position in `nodes`.
  init(_ nodes: [Node]) {
    let largest = nodes.reduce(0) { max($0, $1.id.number) }
    let isCompact = largest < 16 * nodes.count + SlotTable.reach
    table = Array(repeating: SlotTable.none, count: isCompact ? largest + 1 : 0)
    for (position, node) in nodes.enumerated() { self[node.id] = position }
  }

  subscript(id: NodeID) -> Int? {
    get {
      if table.indices.contains(id.number), table[id.number] != SlotTable.none {
        return Int(table[id.number])
      }
      return others.isEmpty ? nil : others[id]
    }
    set {
      if 0..<table.count + SlotTable.reach ~= id.number, others[id] == nil, !table.isEmpty {
        while table.count <= id.number { table.append(SlotTable.none) }
        table[id.number] = newValue.map { Int32($0) } ?? SlotTable.none
      } else {
        others[id] = newValue
      }
    }
  }
}
