// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The money of one deal as scalars, with the same steps as the escrow's (escrow/Progress, Disputes, Payouts), and fees as
/// any amounts within their bounds. Proved for every sequence of calls: the escrow holds exactly what is left in the deal and the
/// fees that wait, and an ended deal has nothing left.
/// @dev That fees keep these bounds is what SplitProof shows. No external calls, so that the proof needs no assumption of them.
contract LedgerProof {
    /// What the escrow holds of this deal: what came in less what went out.
    uint256 private held;
    /// What the deal still has to give: what was paid of the price, less what left in parts; 0 once it has ended.
    uint256 private left;
    uint256 private feesHeld;
    bool private opened;
    bool private ended;

    function open(uint128 first) external {
        require(!opened && first != 0);
        opened = true;
        held += first;
        left = first;
    }

    function fund(uint128 amount) external {
        require(opened && !ended);
        held += amount;
        left += amount;
    }

    function releasePart(uint128 amount, uint128 fee) external {
        require(opened && !ended && amount < left && fee <= amount);
        left -= amount;
        feesHeld += fee;
        held -= amount - fee;
    }

    function refundPart(uint128 amount) external {
        require(opened && !ended && amount < left);
        left -= amount;
        held -= amount;
    }

    /// @dev Release, refund, reclaim, claim, settle, ruling, award by default, cancelled funding: a split of what is left. The
    /// buyer is paid, then the seller, who gets what remains, less the fees that wait.
    function end(uint128 toBuyer, uint128 arbiterFee, uint128 fee) external {
        require(opened && !ended && toBuyer <= left && arbiterFee <= left - toBuyer);
        uint256 gross = left - toBuyer - arbiterFee;
        require(fee <= gross);
        ended = true;
        left = 0;
        feesHeld += arbiterFee + fee;
        held -= toBuyer;
        held -= gross - fee;
    }

    function collectFees() external {
        require(ended);
        held -= feesHeld;
        feesHeld = 0;
    }

    function moneyIsConserved() external view {
        assert(held == left + feesHeld);
    }

    function anEndedDealHasNothingLeft() external view {
        assert(!ended || left == 0);
    }
}
