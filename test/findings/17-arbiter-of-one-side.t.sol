// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {BuyersArbiter} from "../../contracts/mocks/faulty/Limits.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 17: one side names the arbiter, or is the arbiter, and rules for itself.
contract Finding17_ArbiterOfOneSide is FindingBase {
    function test_EscrowRefusesTheBuyerAsArbiter() public {
        _refused(buyer, abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, buyer));
    }

    function test_EscrowRefusesTheSellerAsArbiter() public {
        _refused(seller, abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, seller));
    }

    /// @dev The buyer pays with an accomplice's name in the place of the arbiter that the seller signed.
    function test_EscrowRefusesAnArbiterThatTheSellerDidNotSign() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        offer.terms.arbiter = stranger;
        bytes memory open = abi.encodeCall(IEscrow.open, (offer, 0, signature));
        bytes memory rule = abi.encodeCall(IEscrow.rule, (offer.terms, 10_000, REASON, ""));
        bytes memory reason = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller);
        vm.assertEq(_attack(address(escrow), open, rule), reason, "refused");
        vm.assertEq(buyer.balance, 100 ether, "the buyer keeps her money");
    }

    /// @dev A bid that anyone may take: whoever takes it must not be the arbiter that it names.
    function test_EscrowRefusesTheArbiterAsTaker() public {
        Terms memory terms = _terms(address(usd));
        (terms.seller, terms.buyer) = (address(0), buyer);
        Offer memory offer = _offerOf(terms);
        offer.counter = escrow.counterOf(buyer);
        bytes memory signature = _sign(BUYER_KEY, Digests.offer(address(escrow), offer));
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, arbiter));
        vm.prank(arbiter);
        escrow.open(offer, 0, signature);
    }

    function test_EscrowTakesNoRulingFromOthers() public {
        Terms memory terms = _disputed(ETH);
        address[3] memory others = [buyer, seller, stranger];
        for (uint256 i = 0; i < 3; ++i) {
            _expectCaller(others[i], arbiter);
            vm.prank(others[i]);
            escrow.rule(terms, 10_000, REASON, "");
        }
    }

    function test_FaultyEscrowLetsTheBuyerRule() public {
        BuyersArbiter faulty = new BuyersArbiter();
        bytes memory open = abi.encodeCall(BuyersArbiter.open, (stranger));
        bytes memory rule = abi.encodeCall(BuyersArbiter.rule, (payable(buyer)));
        vm.assertEq(_attack(address(faulty), open, rule), "", "opened");
        vm.assertEq(buyer.balance, 100 ether, "and the accomplice gave it all back");
    }

    /// @dev The buyer pays and names an accomplice, who rules for the buyer. Answers with why the opening was refused.
    function _attack(address target, bytes memory open, bytes memory rule) private returns (bytes memory answer) {
        bool opened;
        (opened, answer) = _tryWith(ETH_PRICE, buyer, target, open);
        if (opened) answer = "";
        _try(stranger, target, rule);
    }

    function _refused(address judge, bytes memory reason) private {
        Terms memory terms = _terms(ETH);
        terms.arbiter = judge;
        Offer memory offer = _offerOf(terms);
        bytes memory open = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        bytes memory rule = abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, ""));
        vm.assertEq(_attack(address(escrow), open, rule), reason, "refused");
    }
}
