// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {Act, Action} from "../../../contracts/types/Act.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {ActBase} from "../../support/ActBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Actions that move no money, by signature: each does what its party's call does, once.
contract Escrow_act is ActBase {
    function test_ship() public {
        Terms memory terms = _funded(ETH);
        Act memory what = _actOf(seller, Action.Ship);
        what.hash = TRACKING;
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Shipped(_idOf(terms), TRACKING, uint40(START + DELIVERY));
        _submit(terms, what);
        _assertState(terms, DealState.Shipped);
        _replayRefused(terms, what, DealState.Shipped);
    }

    function test_deliver_ByBuyer() public {
        Terms memory terms = _shipped(ETH);
        Act memory what = _actOf(buyer, Action.Deliver);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Delivered(_idOf(terms), buyer, uint40(START + INSPECTION));
        _submit(terms, what);
        _assertState(terms, DealState.Delivered);
    }

    function test_deliver_BySellerOnlyLate() public {
        Terms memory terms = _shipped(ETH);
        Act memory what = _actOf(seller, Action.Deliver);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.TooEarly.selector, START, START + DELIVERY + 1);
        _refusesAct(terms, what, refusal);
        _late(terms);
        _submit(terms, what);
        _assertState(terms, DealState.Delivered);
    }

    function test_dispute() public {
        Terms memory terms = _shipped(ETH);
        Act memory what = _actOf(buyer, Action.Dispute);
        what.hash = STATEMENT;
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Disputed(_idOf(terms), buyer, STATEMENT, uint40(START + RULING));
        _submit(terms, what);
        _assertState(terms, DealState.Disputed);
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Disputed, _underway()
        );
        _refusesAct(terms, what, refusal);
    }

    function test_cancelOffer() public {
        Terms memory terms = _terms(ETH);
        Act memory what = _actOf(seller, Action.CancelOffer);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.OfferVoided(_idOf(terms), seller);
        _submit(terms, what);
        _assertState(terms, DealState.Cancelled);
    }

    function test_cancelOffer_RevertWhen_SignerIsNotNamed() public {
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, stranger, address(0));
        _refusesAct(_terms(ETH), _actOf(stranger, Action.CancelOffer), refusal);
    }

    function test_extend() public {
        Terms memory terms = _funded(ETH);
        Act memory what = _extension(buyer, START + 10 days, DealState.Funded);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Extended(_idOf(terms), uint40(START + 10 days));
        _submit(terms, what);
        vm.assertEq(_deadlineOf(terms), START + 10 days, "deadline");
        _refusesAct(terms, what, _outOfRange(START + 10 days, START + 10 days + 1));
    }

    /// @dev Else a seller's extension of the delivery would count again for the inspection.
    function test_extend_RevertGiven_AnotherState() public {
        Terms memory terms = _shipped(ETH);
        Act memory what = _extension(seller, START + 30 days, DealState.Shipped);
        vm.prank(buyer);
        escrow.deliver(terms);
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.SignedForOtherState.selector, _idOf(terms), what.hash, DealState.Delivered
        );
        _refusesAct(terms, what, refusal);
    }

    function test_extend_RevertWhen_DeadlineIsWiderThanItsField() public {
        Terms memory terms = _funded(ETH);
        uint256 wide = (1 << 40) + START + 10 days;
        _refusesAct(terms, _extension(buyer, wide, DealState.Funded), _outOfRange(wide, START + SHIP + 1));
    }

    function test_extend_RevertWhen_TheOtherSideSigned() public {
        Terms memory terms = _funded(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, seller, buyer);
        _refusesAct(terms, _extension(seller, START + 10 days, DealState.Funded), refusal);
    }

    function test_RevertWhen_Expired() public {
        Terms memory terms = _funded(ETH);
        Act memory what = _actOf(seller, Action.Ship);
        what.expiry = uint40(START);
        uint256 snapshot = vm.snapshotState();
        _submit(terms, what);
        vm.revertToState(snapshot);
        vm.warp(START + 1);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.SignatureExpired.selector, START, START + 1);
        _refusesAct(terms, what, refusal);
    }

    function test_RevertWhen_AnotherSigned() public {
        Terms memory terms = _funded(ETH);
        Act memory what = _actOf(seller, Action.Ship);
        _refusesSignature(terms, what, _signAct(STRANGER_KEY, terms, what), _wrongSignature(seller));
    }

    function test_RevertWhen_SignerIsNotTheParty() public {
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, stranger, seller);
        _refusesAct(_funded(ETH), _actOf(stranger, Action.Ship), refusal);
    }

    /// @dev Every member is signed for: who relays can change none of them.
    function test_RevertWhen_AnyMemberDiffersFromWhatWasSigned() public {
        Terms memory terms = _funded(ETH);
        Act memory signed = _actOf(seller, Action.Ship);
        signed.hash = TRACKING;
        bytes memory signature = _signed(terms, signed);
        Act memory changed = _copy(signed);
        changed.action = Action.Refund;
        _refusesSignature(terms, changed, signature, _wrongSignature(seller));
        changed = _copy(signed);
        changed.value = 1;
        _refusesSignature(terms, changed, signature, _wrongSignature(seller));
        changed = _copy(signed);
        changed.hash = STATEMENT;
        _refusesSignature(terms, changed, signature, _wrongSignature(seller));
        changed = _copy(signed);
        changed.tip = 1;
        _refusesSignature(terms, changed, signature, _wrongSignature(seller));
        changed = _copy(signed);
        changed.expiry += 1;
        _refusesSignature(terms, changed, signature, _wrongSignature(seller));
        changed = _copy(signed);
        changed.signer = buyer;
        _refusesSignature(terms, changed, signature, _wrongSignature(buyer));
    }

    function test_RevertWhen_SignedForAnotherDeal() public {
        Terms memory terms = _funded(ETH);
        Terms memory other = _terms(ETH);
        other.salt = 2;
        Act memory what = _actOf(seller, Action.Ship);
        _refusesSignature(terms, what, _signed(other, what), _wrongSignature(seller));
    }

    function test_RevertWhen_ActionIsOpen() public {
        Terms memory terms = _terms(ETH);
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.WrongAction.selector, Action.Open, Action.CancelOffer);
        _refusesAct(terms, _actOf(buyer, Action.Open), refusal);
    }

    /// @dev Where no money comes to the signer there is nothing to tip from.
    function test_RevertWhen_ATipCannotBePaid() public {
        Terms memory terms = _funded(ETH);
        Action[6] memory actions =
            [Action.Release, Action.ReleasePart, Action.Dispute, Action.Fund, Action.Extend, Action.CancelOffer];
        for (uint256 i = 0; i < actions.length; ++i) {
            Act memory what = _actOf(buyer, actions[i]);
            what.tip = 1;
            _refusesAct(terms, what, abi.encodeWithSelector(IEscrowErrors.TipTooHigh.selector, 1, 0));
        }
    }

    function _replayRefused(Terms memory terms, Act memory what, DealState current) private {
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), current, only(DealState.Funded)
        );
        _refusesAct(terms, what, refusal);
    }

    function _extension(address signer, uint256 deadline, DealState state) private view returns (Act memory what) {
        what = _actOf(signer, Action.Extend, deadline);
        what.hash = bytes32(uint256(state));
    }

    function _outOfRange(uint256 deadline, uint256 least) private view returns (bytes memory) {
        return abi.encodeWithSelector(
            IEscrowErrors.DeadlineOutOfRange.selector, deadline, least, block.timestamp + 365 days
        );
    }

    function _wrongSignature(address signer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, signer);
    }

    function _copy(Act memory a) private pure returns (Act memory) {
        return Act(a.signer, a.action, a.value, a.hash, a.tip, a.expiry);
    }
}
