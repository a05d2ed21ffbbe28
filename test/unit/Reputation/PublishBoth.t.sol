// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IReputation} from "../../../contracts/interfaces/IReputation.sol";
import {Puppet} from "../../../contracts/mocks/parties/Receivers.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";
import {ReputationBase} from "./ReputationBase.sol";

contract Reputation_publishBoth is ReputationBase {
    struct Signed {
        address publisher;
        uint8 byBuyer;
        bytes ofBuyer;
        uint8 bySeller;
        bytes ofSeller;
    }

    function test_WhenDealEndedInAnyWay() public {
        DealState[4] memory endings =
            [DealState.Completed, DealState.Refunded, DealState.Settled, DealState.Resolved];
        for (uint256 i = 0; i < endings.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            Terms memory terms = _inState(ETH, endings[i]);
            Signed memory both = _signed(terms, operator, 5, 2);
            vm.expectEmit(address(reputation));
            emit IReputation.ReviewRevealed(_idOf(terms), buyer, seller, 5, TEXT);
            vm.expectEmit(address(reputation));
            emit IReputation.ReviewRevealed(_idOf(terms), seller, buyer, 2, TEXT);
            _publish(terms, both, operator);
            _assertStats(seller, 1, 5);
            _assertStats(buyer, 1, 2);
            _assertReviews(terms, 3);
            vm.revertToState(snapshot);
        }
    }

    function test_WhenScoresOfSeveralDealsAddUp() public {
        Terms memory first = _inState(ETH, DealState.Completed);
        Terms memory second = _inState(address(usd), DealState.Refunded);
        _publish(first, _signed(first, operator, 5, 1), operator);
        _publish(second, _signed(second, operator, 3, 4), operator);
        _assertStats(seller, 2, 8);
        _assertStats(buyer, 2, 5);
    }

    /// @dev What `commit` makes public is signed for nobody. If anyone could publish with it, a party that kept silent could wait
    /// for the other's late reveal and publish that first, together with an answer of its own.
    function test_RevertWhen_SignedForNobody() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        bytes memory refusal = abi.encodeWithSelector(IReputation.WrongPublisher.selector, seller, address(0));
        _refused(terms, _signed(terms, address(0), 1, 1), seller, refusal);
    }

    /// @dev There is no window for signed reviews: who signed has fixed it.
    function test_WhenLongAfterTheEnd() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        vm.warp(START + 365 days);
        _publish(terms, _signed(terms, operator, 4, 4), operator);
        _assertStats(seller, 1, 4);
    }

    function test_WhenSellerIsAContractWallet() public {
        Terms memory terms = _terms(ETH);
        terms.seller = address(new Puppet(seller));
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(SELLER_KEY, Digests.offer(address(escrow), offer));
        vm.prank(buyer);
        escrow.open{value: 1 ether}(offer, 0, signature);
        vm.prank(buyer);
        escrow.release(terms);
        Signed memory both = _signed(terms, operator, 5, 5);
        both.ofSeller = _signReview(SELLER_KEY, terms, terms.seller, 5, operator);
        _publish(terms, both, operator);
        _assertStats(terms.seller, 1, 5);
    }

    /// @dev Else a party that sees the transaction coming could publish first, with another review of its own.
    function test_RevertWhen_AnotherThanThePublisherCalls() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        Signed memory both = _signed(terms, operator, 5, 1);
        bytes memory refusal = abi.encodeWithSelector(IReputation.WrongPublisher.selector, seller, operator);
        _refused(terms, both, seller, refusal);
        both.publisher = seller;
        _refused(terms, both, seller, _wrongSignature(buyer));
        both.publisher = address(0);
        _refused(terms, both, seller, abi.encodeWithSelector(IReputation.WrongPublisher.selector, seller, address(0)));
    }

    function test_RevertWhen_ASideDidNotSign() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        Signed memory both = _signed(terms, operator, 5, 1);
        both.ofSeller = _signReview(BUYER_KEY, terms, seller, 1, operator);
        _refused(terms, both, operator, _wrongSignature(seller));
        both.ofBuyer = _signReview(SELLER_KEY, terms, buyer, 5, operator);
        _refused(terms, both, operator, _wrongSignature(buyer));
    }

    function test_RevertWhen_ScoreIsNotTheSignedOne() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        Signed memory both = _signed(terms, operator, 5, 1);
        both.bySeller = 5;
        _refused(terms, both, operator, _wrongSignature(seller));
        _assertStats(seller, 0, 0);
        _assertReviews(terms, 0);
    }

    function test_RevertWhen_SignedForAnotherDeal() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        Terms memory other = _inState(address(usd), DealState.Completed);
        _refused(terms, _signed(other, operator, 5, 5), operator, _wrongSignature(buyer));
    }

    function test_RevertWhen_ScoreIsOutOfRange() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        bytes4 selector = IReputation.ScoreOutOfRange.selector;
        _refused(terms, _signed(terms, operator, 0, 5), operator, abi.encodeWithSelector(selector, 0, 5));
        _refused(terms, _signed(terms, operator, 5, 6), operator, abi.encodeWithSelector(selector, 6, 5));
    }

    function test_RevertWhen_Twice() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        Signed memory both = _signed(terms, operator, 5, 5);
        _publish(terms, both, operator);
        _refused(terms, both, operator, _alreadyReviewed(terms, address(0)));
        _assertStats(seller, 1, 5);
    }

    function test_RevertGiven_OneSideReviewedOnChain() public {
        Terms memory terms = _inState(ETH, DealState.Completed);
        _commit(terms, seller, 1);
        vm.warp(START + WINDOW + 1);
        _reveal(terms, seller, 1);
        _refused(terms, _signed(terms, operator, 5, 5), operator, _alreadyReviewed(terms, address(0)));
    }

    function test_RevertGiven_DealHasNotEnded() public {
        DealState[6] memory open = [
            DealState.None,
            DealState.PartlyFunded,
            DealState.Funded,
            DealState.Delivered,
            DealState.Disputed,
            DealState.Cancelled
        ];
        for (uint256 i = 0; i < open.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            Terms memory terms = _inState(ETH, open[i]);
            Signed memory both = _signed(terms, operator, 5, 5);
            _expectState(terms, open[i], _endings());
            _publish(terms, both, operator);
            vm.revertToState(snapshot);
        }
    }

    function _signed(Terms memory terms, address publisher, uint8 byBuyer, uint8 bySeller)
        private
        view
        returns (Signed memory)
    {
        return Signed({
            publisher: publisher,
            byBuyer: byBuyer,
            ofBuyer: _signReview(BUYER_KEY, terms, buyer, byBuyer, publisher),
            bySeller: bySeller,
            ofSeller: _signReview(SELLER_KEY, terms, seller, bySeller, publisher)
        });
    }

    function _publish(Terms memory terms, Signed memory both, address by) private {
        IReputation.Opening memory byBuyer = _review(both.byBuyer);
        IReputation.Opening memory bySeller = _review(both.bySeller);
        vm.prank(by);
        reputation.publishBoth(terms, both.publisher, byBuyer, both.ofBuyer, bySeller, both.ofSeller);
    }

    function _refused(Terms memory terms, Signed memory both, address by, bytes memory refusal) private {
        vm.expectRevert(refusal);
        _publish(terms, both, by);
    }

    function _wrongSignature(address author) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IReputation.WrongReviewSignature.selector, author);
    }
}
