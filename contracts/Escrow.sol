// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Reputation} from "./Reputation.sol";
import {Opening} from "./escrow/Opening.sol";
import {Signed} from "./escrow/Signed.sol";
import {IEscrow} from "./interfaces/IEscrow.sol";
import {IReputation} from "./interfaces/IReputation.sol";
import {DealState, DealStates} from "./types/DealState.sol";
import {BUYER_REVIEW, DealWord, REVIEWS, SELLER_REVIEW} from "./types/DealWord.sol";
import {Terms} from "./types/Terms.sol";

/// @title Fairhold Escrow
/// @notice See IEscrow for what it does, promises and assumes. The parts, each building on the one before:
/// escrow/Deals (what is stored, who and when), Payouts (money out, fees), Offers (signed offers), Opening (ways to
/// pay), Progress (goods and money), Disputes, Signed (actions by signature).
contract Escrow is Signed {
    DealStates private constant ENDED = DealStates.wrap(
        uint16(
            1 << uint8(DealState.Completed) | 1 << uint8(DealState.Refunded) | 1 << uint8(DealState.Settled)
                | 1 << uint8(DealState.Resolved)
        )
    );

    /// @inheritdoc IEscrow
    IReputation public immutable REPUTATION;

    /// @param permit2 The chain's Permit2 contract.
    constructor(address permit2) EIP712("Fairhold Escrow", "1") Opening(permit2) {
        REPUTATION = new Reputation(this);
    }

    /// @inheritdoc IEscrow
    function multicall(bytes[] calldata calls) external payable {
        if (_budget != 0) revert BatchWithinBatch();
        _budget = msg.value + 1;
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool success, bytes memory reason) = address(this).delegatecall(calls[i]);
            if (!success) _passOn(reason);
        }
        if (_budget != 1) _refuseValue(msg.value, msg.value + 1 - _budget);
        _budget = 0;
    }

    /// @inheritdoc IEscrow
    function recordReviews(Terms calldata terms, address author)
        external
        returns (bytes32 id, address seller, address buyer)
    {
        _requireActor(msg.sender, address(REPUTATION));
        DealWord deal;
        (id, deal) = _loadEnded(terms);
        uint256 flags = author == address(0) ? REVIEWS : _isBuyer(terms, deal, author) ? BUYER_REVIEW : SELLER_REVIEW;
        if (deal.has(flags)) revert AlreadyReviewed(id, author);
        _deals[id] = deal.marked(flags);
        return (id, _seller(terms, deal), _buyer(terms, deal));
    }

    /// @inheritdoc IEscrow
    function endOf(Terms calldata terms)
        external
        view
        returns (bytes32 id, address seller, address buyer, uint256 endedAt)
    {
        DealWord deal;
        (id, deal) = _loadEnded(terms);
        return (id, _seller(terms, deal), _buyer(terms, deal), deal.deadline());
    }

    function _loadEnded(Terms calldata terms) private view returns (bytes32 id, DealWord deal) {
        (id, deal) = _load(terms);
        _requireState(id, deal, ENDED);
    }

    /// @dev Reverts as the call did, with its reason.
    function _passOn(bytes memory reason) private pure {
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}
