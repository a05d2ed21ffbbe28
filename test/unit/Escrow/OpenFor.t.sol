// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {Act, Action} from "../../../contracts/types/Act.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {ActBase} from "../../support/ActBase.sol";
import {Digests} from "../../support/Digests.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Offers taken by a signature: the taker sends no transaction.
contract Escrow_openFor is ActBase {
    using RulesBuilder for Rules;

    uint256 private constant TIP = 2e6;

    function setUp() public override {
        super.setUp();
        vm.prank(buyer);
        usd.approve(address(escrow), type(uint256).max);
    }

    function test_WhenBuyerSigned() public {
        Terms memory terms = _terms(address(usd));
        _opensFor(terms, _ask(terms), _actOf(buyer, Action.Open, 100e6));
    }

    function test_WhenBuyerTips() public {
        Terms memory terms = _terms(address(usd));
        Act memory what = _actOf(buyer, Action.Open, 100e6);
        what.tip = TIP;
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Tipped(_idOf(terms), RELAYER, TIP);
        _opensFor(terms, _ask(terms), what);
    }

    function _opensFor(Terms memory terms, Offer memory offer, Act memory what) private {
        uint256 had = usd.balanceOf(buyer);
        vm.assertEq(_openFor(offer, terms, what), _idOf(terms), "id");
        _assertState(terms, DealState.Funded);
        vm.assertEq(had - usd.balanceOf(buyer), 100e6 + what.tip, "buyer paid");
        vm.assertEq(usd.balanceOf(address(escrow)), 100e6, "escrow holds");
        vm.assertEq(usd.balanceOf(RELAYER), what.tip, "relayer earned");
        (, address b) = escrow.partiesOf(terms);
        vm.assertEq(b, buyer, "buyer");
    }

    function test_WhenInPart() public {
        Terms memory terms = _terms(address(usd));
        terms.rules = terms.rules.withFunding(FUNDING);
        Act memory what = _actOf(buyer, Action.Open, 30e6);
        what.tip = TIP;
        _openFor(_ask(terms), terms, what);
        _assertState(terms, DealState.PartlyFunded);
        vm.assertEq(escrow.remainingOf(terms), 30e6, "the tip is no instalment");
        vm.assertEq(usd.balanceOf(RELAYER), TIP, "relayer earned");
    }

    function test_WhenSecondUnit_SignedForThatDeal() public {
        Offer memory offer = _ask(_terms(address(usd)));
        Terms memory unit = _terms(address(usd));
        offer.quantity = 2;
        unit.salt += 1;
        Act memory what = _actOf(buyer, Action.Open, 100e6);
        bytes memory signature = _signOffer(offer);
        bytes memory taking = _signed(unit, what);
        vm.prank(RELAYER);
        escrow.openFor(offer, 1, signature, what, taking);
        _assertState(unit, DealState.Funded);
        _refused(offer, 0, signature, what, taking, _wrongSignature(buyer));
    }

    function test_WhenSellerTakesABid() public {
        Terms memory terms = _bid();
        Offer memory offer = Offer(terms, uint40(START + 1), 0, 0, 1);
        bytes memory signature = _sign(BUYER_KEY, Digests.offer(address(escrow), offer));
        Act memory what = _actOf(stranger, Action.Open, 100e6);
        bytes memory taking = _signed(terms, what);
        vm.prank(RELAYER);
        escrow.openFor(offer, 0, signature, what, taking);
        (address s, address b) = escrow.partiesOf(terms);
        vm.assertEq(s, stranger, "seller");
        vm.assertEq(b, buyer, "buyer");
        vm.assertEq(usd.balanceOf(address(escrow)), 100e6, "escrow holds");
    }

    /// @dev The seller of a bid must not tip with the bidder's allowance.
    function test_RevertWhen_SellerOfABidTips() public {
        Terms memory terms = _bid();
        Offer memory offer = Offer(terms, uint40(START + 1), 0, 0, 1);
        bytes memory signature = _sign(BUYER_KEY, Digests.offer(address(escrow), offer));
        Act memory what = _actOf(stranger, Action.Open, 100e6);
        what.tip = 1;
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.TipTooHigh.selector, 1, 0);
        _refused(offer, 0, signature, what, _signed(terms, what), refusal);
    }

    function test_WhenBuyerSubmitsItselfInEth() public {
        Terms memory terms = _terms(ETH);
        Act memory what = _actOf(buyer, Action.Open, 1 ether);
        Offer memory offer = _ask(terms);
        bytes memory signature = _signOffer(offer);
        bytes memory taking = _signed(terms, what);
        vm.prank(buyer);
        escrow.openFor{value: 1 ether}(offer, 0, signature, what, taking);
        _assertState(terms, DealState.Funded);
    }

    function test_RevertWhen_InEth() public {
        Terms memory terms = _terms(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.CannotPull.selector, buyer);
        _refused(terms, _actOf(buyer, Action.Open, 1 ether), refusal);
    }

    function test_RevertWhen_ActionIsAnother() public {
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongAction.selector, Action.Fund, Action.Open);
        _refused(_terms(address(usd)), _actOf(buyer, Action.Fund, 100e6), refusal);
    }

    function test_RevertWhen_Expired() public {
        Act memory what = _actOf(buyer, Action.Open, 100e6);
        what.expiry = uint40(START - 1);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.SignatureExpired.selector, START - 1, START);
        _refused(_terms(address(usd)), what, refusal);
    }

    function test_RevertWhen_AnotherSignedForTheTaker() public {
        Terms memory terms = _terms(address(usd));
        Act memory what = _actOf(buyer, Action.Open, 100e6);
        Offer memory offer = _ask(terms);
        bytes memory forged = _signAct(STRANGER_KEY, terms, what);
        _refused(offer, 0, _signOffer(offer), what, forged, _wrongSignature(buyer));
    }

    function test_RevertWhen_ValueDiffersFromWhatWasSigned() public {
        Terms memory terms = _terms(address(usd));
        terms.rules = terms.rules.withFunding(FUNDING);
        Act memory what = _actOf(buyer, Action.Open, 30e6);
        Offer memory offer = _ask(terms);
        bytes memory taking = _signed(terms, what);
        what.value = 100e6;
        _refused(offer, 0, _signOffer(offer), what, taking, _wrongSignature(buyer));
    }

    function test_RevertWhen_SubmittedTwice() public {
        Terms memory terms = _terms(address(usd));
        Act memory what = _actOf(buyer, Action.Open, 100e6);
        _openFor(_ask(terms), terms, what);
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Funded, only(DealState.None)
        );
        _refused(terms, what, refusal);
    }

    function test_RevertWhen_CoinsComeWithTokens() public {
        Terms memory terms = _terms(address(usd));
        Act memory what = _actOf(buyer, Action.Open, 100e6);
        Offer memory offer = _ask(terms);
        bytes memory signature = _signOffer(offer);
        bytes memory taking = _signed(terms, what);
        vm.deal(RELAYER, 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1, 0));
        vm.prank(RELAYER);
        escrow.openFor{value: 1}(offer, 0, signature, what, taking);
    }

    function _ask(Terms memory terms) private view returns (Offer memory) {
        return _offerOf(terms);
    }

    function _bid() private view returns (Terms memory terms) {
        terms = _terms(address(usd));
        (terms.seller, terms.buyer) = (address(0), buyer);
    }

    function _openFor(Offer memory offer, Terms memory terms, Act memory what) private returns (bytes32) {
        bytes memory signature = _signOffer(offer);
        bytes memory taking = _signed(terms, what);
        vm.prank(RELAYER);
        return escrow.openFor(offer, 0, signature, what, taking);
    }

    function _refused(Terms memory terms, Act memory what, bytes memory refusal) private {
        Offer memory offer = _ask(terms);
        _refused(offer, 0, _signOffer(offer), what, _signed(terms, what), refusal);
    }

    function _refused(
        Offer memory offer,
        uint32 unit,
        bytes memory signature,
        Act memory what,
        bytes memory taking,
        bytes memory refusal
    ) private {
        vm.expectRevert(refusal);
        vm.prank(RELAYER);
        escrow.openFor(offer, unit, signature, what, taking);
    }

    function _wrongSignature(address signer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, signer);
    }
}
