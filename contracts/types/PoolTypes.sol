// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice What the roles of an arbiter pool may set, for cases opened afterwards. In two slots.
struct Parameters {
    /// Arbiters drawn for a case, and how many of them must have revealed a vote for it to count: more than half.
    uint8 panel;
    uint8 quorum;
    /// The same for an appeal. Larger than the first panel.
    uint8 appealPanel;
    uint8 appealQuorum;
    /// A vote this far from the outcome, or nearer, is coherent.
    uint16 toleranceBps;
    /// What an absent arbiter loses, as a share of `bond`.
    uint16 slashBps;
    /// From the opening, or the appeal, in which the panel can be drawn; the wait for the block counts.
    uint32 drawSeconds;
    uint32 commitSeconds;
    uint32 revealSeconds;
    /// After the first panel's votes, for a party to appeal.
    uint32 appealSeconds;
    /// What an arbiter must have deposited to be listed, in wei.
    uint96 bond;
    /// What an appeal costs if it fails, in wei.
    uint96 appealBond;
    /// What opening a case costs, in wei. It pays the arbiters who work on it.
    uint64 caseFee;
}

/// @notice An arbiter's standing in the pool, in one slot.
struct Member {
    /// Wei deposited, less what was slashed.
    uint96 bond;
    /// From when the account may join. 0: it is not admitted, or suspended.
    uint40 admittedFrom;
    /// From when the bond can be taken out. 0: the arbiter is not leaving.
    uint40 leavingAt;
    /// Panels of cases still running on which the arbiter sits.
    uint32 running;
    /// Place in the roster, counted from 1. 0: not listed, so not in future draws.
    uint16 place;
}

/// @notice Where a case stands; for the second round the same words are used again.
/// @dev Executable: there is an outcome that nothing can change. Failed: there is none and will never be.
enum Phase {
    None,
    Drawing,
    Committing,
    Revealing,
    Appealable,
    Executable,
    Failed,
    Closed
}

/// @notice One panel's work. The times are the last second of each step; 0 while the panel is not drawn.
struct Round {
    /// The block whose hash draws the panel.
    uint64 drawBlock;
    uint40 drawUntil;
    uint40 commitUntil;
    uint40 revealUntil;
    /// Votes revealed.
    uint8 revealed;
    address[] panel;
}

/// @notice What is stored of a case; its id is the deal's.
struct Case {
    /// Code-as-data contract that holds the roster as it was when the case was opened.
    address roster;
    /// Index of the parameters in force when the case was opened.
    uint32 version;
    uint8 rounds;
    bool closed;
    /// Whether the outcome was carried into the escrow.
    bool ruled;
    /// Who appealed; its bond lies here until the case is closed.
    address appellant;
    /// Who paid the case fee, and has it back if the pool comes to nothing.
    address opener;
}

/// @notice An arbiter's seat in a case, and its vote.
struct Seat {
    bytes32 commitment;
    bytes32 reasonHash;
    /// 1 for the first panel, 2 for the appeal's; 0: the account has no seat.
    uint8 round;
    bool revealed;
    uint16 buyerBps;
}

/// @notice What a panel's votes come to.
struct Outcome {
    /// False while the case can still change, and for ever when it failed.
    bool decided;
    /// Buyer's share in basis points: the median of the revealed votes, of two middle ones the lower.
    uint16 buyerBps;
    /// The reason of the first arbiter in the panel who voted exactly that.
    bytes32 reasonHash;
    /// Whose outcome it is: 1 the first panel's, 2 the appeal's.
    uint8 round;
}
