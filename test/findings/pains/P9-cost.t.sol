// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {IReputation} from "../../../contracts/interfaces/IReputation.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 9: 1.1 to 1.8 million gas for a sale, of which a listing is 0.6 and a review 0.3. Here a listing is a signature,
/// and a sale with both reviews stays below a quarter of that. The bounds leave room; test/gas has the exact numbers.
contract Pain9_Cost is FindingBase {
    uint256 private constant BASE_COST = 21_000;
    uint256 private constant OPEN = 130_000;
    uint256 private constant RELEASE = 90_000;
    uint256 private constant BOTH_REVIEWS = 200_000;
    uint256 private constant SALE = 275_000;

    function test_ASaleWithBothReviewsInCoins() public {
        _sale(ETH);
    }

    function test_ASaleWithBothReviewsInTokens() public {
        _sale(address(usd));
    }

    function _sale(address token) private {
        Terms memory terms = _terms(token);
        Offer memory offer = _offerOf(terms);
        vm.prank(buyer);
        usd.approve(address(escrow), type(uint256).max);
        uint256 value = token == ETH ? ETH_PRICE : 0;
        bytes memory open = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        uint256 sum = _below(OPEN, value, buyer, address(escrow), open);
        sum += _below(RELEASE, 0, buyer, address(escrow), _release(terms));
        sum += _below(BOTH_REVIEWS, 0, stranger, address(reputation), _reviews(terms));
        vm.assertEq(reputation.statsOf(seller).count, 1, "the seller was reviewed");
        vm.assertEq(reputation.statsOf(buyer).count, 1, "and the buyer");
        vm.assertLe(sum, SALE, "the whole sale");
    }

    /// @dev What a transaction with this call costs at most: its start, its bytes, and what runs.
    function _below(uint256 bound, uint256 value, address by, address target, bytes memory call)
        private
        returns (uint256 spent)
    {
        uint256 ofBytes;
        for (uint256 i = 0; i < call.length; ++i) ofBytes += call[i] == 0 ? 4 : 16;
        vm.prank(by);
        uint256 before = gasleft();
        (bool done,) = target.call{value: value}(call);
        spent = before - gasleft() + BASE_COST + ofBytes;
        vm.assertTrue(done, "works");
        vm.assertLe(spent, bound, "gas");
    }

    function _reviews(Terms memory terms) private view returns (bytes memory) {
        IReputation.Opening memory opening = IReputation.Opening(5, keccak256("fine"), keccak256("secret"));
        return abi.encodeCall(
            IReputation.publishBoth,
            (terms, stranger, opening, _review(terms, buyer, opening), opening, _review(terms, seller, opening))
        );
    }

    function _review(Terms memory terms, address author, IReputation.Opening memory opening)
        private
        view
        returns (bytes memory)
    {
        bytes32 id = _idOf(terms);
        bytes32 commitment = keccak256(abi.encode(id, author, opening.score, opening.textHash, opening.secret));
        return _sign(_keyOf(author), Digests.review(address(reputation), id, author, commitment, stranger));
    }
}
