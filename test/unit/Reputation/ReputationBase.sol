// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IReputation} from "../../../contracts/interfaces/IReputation.sol";
import {DealState, DealStates, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Reviews, sealed and opened, and what is counted of them.
abstract contract ReputationBase is Base {
    bytes32 internal constant TEXT = keccak256("As described.");
    bytes32 internal constant SECRET = keccak256("secret");
    uint256 internal constant WINDOW = 7 days;

    function _review(uint8 score) internal pure returns (IReputation.Opening memory) {
        return IReputation.Opening(score, TEXT, SECRET);
    }

    function _sealed(Terms memory terms, address author, uint8 score) internal view returns (bytes32) {
        return keccak256(abi.encode(_idOf(terms), author, score, TEXT, SECRET));
    }

    function _signReview(uint256 key, Terms memory terms, address author, uint8 score, address publisher)
        internal
        view
        returns (bytes memory)
    {
        bytes32 commitment = _sealed(terms, author, score);
        return _sign(key, Digests.review(address(reputation), _idOf(terms), author, commitment, publisher));
    }

    function _commit(Terms memory terms, address author, uint8 score) internal {
        bytes32 commitment = _sealed(terms, author, score);
        vm.prank(author);
        reputation.commit(terms, author, commitment, "");
    }

    function _reveal(Terms memory terms, address author, uint8 score) internal {
        IReputation.Opening memory opening = _review(score);
        vm.prank(stranger);
        reputation.reveal(terms, author, opening);
    }

    function _assertStats(address subject, uint256 count, uint256 sum) internal view {
        IReputation.Stats memory stats = reputation.statsOf(subject);
        vm.assertEq(stats.count, count, "reviews");
        vm.assertEq(stats.scoreSum, sum, "sum of scores");
    }

    function _assertReviews(Terms memory terms, uint256 flags) internal view {
        vm.assertEq(escrow.dealOf(_idOf(terms)).reviews, flags, "who has reviewed");
    }

    function _endings() internal pure returns (DealStates) {
        return only(DealState.Completed) | only(DealState.Refunded) | only(DealState.Settled) | only(DealState.Resolved);
    }

    function _alreadyReviewed(Terms memory terms, address author) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.AlreadyReviewed.selector, _idOf(terms), author);
    }
}
