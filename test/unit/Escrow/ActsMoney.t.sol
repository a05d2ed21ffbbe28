// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {Act, Action} from "../../../contracts/types/Act.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {ActBase} from "../../support/ActBase.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Money by agreement, by signature. Parts are signed as running totals, so that none moves twice.
contract Escrow_act_Money is ActBase {
    function test_release() public {
        Terms memory terms = _funded(ETH);
        Holdings memory before = _holdings(ETH);
        Act memory what = _actOf(buyer, Action.Release);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Released(_idOf(terms), 1 ether, 0.025 ether);
        _submit(terms, what);
        _assertGains(ETH, before, 0, 0.975 ether, 0, 0);
        _assertState(terms, DealState.Completed);
        _refusesAct(terms, what, _ended(terms, DealState.Completed));
    }

    function test_release_RevertWhen_SellerSigned() public {
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, seller, buyer);
        _refusesAct(_funded(ETH), _actOf(seller, Action.Release), refusal);
    }

    function test_refund() public {
        Terms memory terms = _funded(address(usd));
        Holdings memory before = _holdings(address(usd));
        Act memory what = _actOf(seller, Action.Refund);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Refunded(_idOf(terms), 100e6);
        _submit(terms, what);
        _assertGains(address(usd), before, 100e6, 0, 0, 0);
        _refusesAct(terms, what, _ended(terms, DealState.Refunded));
    }

    function test_releasePart_TotalsAddUp() public {
        Terms memory terms = _funded(ETH);
        Holdings memory before = _holdings(ETH);
        Act memory first = _actOf(buyer, Action.ReleasePart, 0.4 ether);
        Act memory second = _actOf(buyer, Action.ReleasePart, 0.6 ether);
        _submit(terms, first);
        _assertGains(ETH, before, 0, 0.39 ether, 0, 0);
        _refusesAct(terms, first, _moved(0.4 ether, 0.4 ether));
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.PartReleased(_idOf(terms), 0.2 ether, 0.005 ether);
        _submit(terms, second);
        _assertGains(ETH, before, 0, 0.585 ether, 0, 0);
        _refusesAct(terms, second, _moved(0.6 ether, 0.6 ether));
        _refusesAct(terms, first, _moved(0.4 ether, 0.6 ether));
    }

    /// @dev Submitted out of order, the smaller total has been overtaken.
    function test_releasePart_WhenTheLaterComesFirst() public {
        Terms memory terms = _funded(ETH);
        _submit(terms, _actOf(buyer, Action.ReleasePart, 0.6 ether));
        _refusesAct(terms, _actOf(buyer, Action.ReleasePart, 0.4 ether), _moved(0.4 ether, 0.6 ether));
        vm.assertEq(escrow.remainingOf(terms), 0.4 ether, "remaining");
    }

    function test_releasePart_RevertWhen_TotalIsThePrice() public {
        Terms memory terms = _funded(ETH);
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.AmountOutOfRange.selector, 1 ether, 1 ether - 1);
        _refusesAct(terms, _actOf(buyer, Action.ReleasePart, 1 ether), refusal);
        _refusesAct(terms, _actOf(buyer, Action.ReleasePart, 0), _moved(0, 0));
    }

    /// @dev What is released and what is refunded are counted apart.
    function test_refundPart_TotalsAddUp() public {
        Terms memory terms = _funded(address(usd));
        Holdings memory before = _holdings(address(usd));
        _submit(terms, _actOf(buyer, Action.ReleasePart, 40e6));
        Act memory first = _actOf(seller, Action.RefundPart, 10e6);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.PartRefunded(_idOf(terms), 10e6);
        _submit(terms, first);
        _refusesAct(terms, first, _moved(10e6, 10e6));
        _submit(terms, _actOf(seller, Action.RefundPart, 25e6));
        _assertGains(address(usd), before, 25e6, 39e6, 0, 0);
        vm.assertEq(escrow.remainingOf(terms), 35e6, "remaining");
    }

    function test_fund_TotalsAddUp() public {
        Terms memory terms = _partlyFunded(address(usd));
        Act memory first = _actOf(buyer, Action.Fund, 60e6);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.PartFunded(_idOf(terms), 35e6, 60e6);
        _submit(terms, first);
        _refusesAct(terms, first, _moved(60e6, 60e6));
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.FullyFunded(_idOf(terms), 40e6, uint40(START + SHIP));
        _submit(terms, _actOf(buyer, Action.Fund, 100e6));
        _assertState(terms, DealState.Funded);
        vm.assertEq(usd.balanceOf(address(escrow)), 100e6, "escrow holds");
    }

    function test_fund_RevertWhen_InEth() public {
        Terms memory terms = _partlyFunded(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.CannotPull.selector, buyer);
        _refusesAct(terms, _actOf(buyer, Action.Fund, 1 ether), refusal);
    }

    function _ended(Terms memory terms, DealState current) private view returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.UnexpectedState.selector, _idOf(terms), current, _underway());
    }

    function _moved(uint256 signedTotal, uint256 current) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.AlreadyMoved.selector, signedTotal, current);
    }
}

/// @notice Money by deadline, by signature: who submits earns the tip out of the signer's own share.
contract Escrow_act_Tips is ActBase {
    using RulesBuilder for Rules;

    function test_reclaim() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        _tips(terms, _actOf(buyer, Action.Reclaim), 0.01 ether, 0.99 ether, 0);
        _assertState(terms, DealState.Refunded);
    }

    function test_reclaim_WhenAllIsTipped() public {
        Terms memory terms = _funded(address(usd));
        _late(terms);
        _tips(terms, _actOf(buyer, Action.Reclaim), 100e6, 0, 0);
    }

    function test_reclaim_RevertWhen_TipIsMoreThanItPays() public {
        Terms memory terms = _funded(address(usd));
        _late(terms);
        _tooHigh(terms, _actOf(buyer, Action.Reclaim), 100e6 + 1, 100e6);
    }

    function test_reclaim_WhenNothingIsTipped() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        Holdings memory before = _holdings(ETH);
        _submit(terms, _actOf(buyer, Action.Reclaim));
        _assertGains(ETH, before, 1 ether, 0, 0, 0);
    }

    function test_claim() public {
        Terms memory terms = _delivered(ETH);
        _late(terms);
        _tips(terms, _actOf(seller, Action.Claim), 0.005 ether, 0, 0.97 ether);
        _assertState(terms, DealState.Completed);
    }

    /// @dev The share is what is left after the operator's fee, which is not the seller's to tip.
    function test_claim_RevertWhen_TipIsMoreThanTheNet() public {
        Terms memory terms = _delivered(address(usd));
        _late(terms);
        _tooHigh(terms, _actOf(seller, Action.Claim), 97.5e6 + 1, 97.5e6);
    }

    /// @dev Anyone may claim for the seller, but nobody may tip himself with the seller's money.
    function test_claim_RevertWhen_SignerIsNotTheSeller() public {
        Terms memory terms = _delivered(ETH);
        _late(terms);
        Act memory what = _actOf(stranger, Action.Claim);
        what.tip = 0.5 ether;
        _refusesAct(terms, what, abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, stranger, seller));
        what = _actOf(buyer, Action.Claim);
        _refusesAct(terms, what, abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, buyer, seller));
    }

    function test_awardByDefault_ByBuyer() public {
        Terms memory terms = _disputed(ETH);
        _late(terms);
        _tips(terms, _actOf(buyer, Action.AwardByDefault), 0.1 ether, 0.4 ether, 0.4875 ether);
        _assertState(terms, DealState.Resolved);
    }

    function test_awardByDefault_BySeller() public {
        Terms memory terms = _disputed(ETH);
        _late(terms);
        _tips(terms, _actOf(seller, Action.AwardByDefault), 0.0875 ether, 0.5 ether, 0.4 ether);
    }

    function test_awardByDefault_RevertWhen_TipIsMoreThanTheSignersShare() public {
        Terms memory terms = _disputed(ETH);
        _late(terms);
        _tooHigh(terms, _actOf(buyer, Action.AwardByDefault), 0.5 ether + 1, 0.5 ether);
        _tooHigh(terms, _actOf(seller, Action.AwardByDefault), 0.4875 ether + 1, 0.4875 ether);
    }

    function test_cancelFunding_ByBuyer() public {
        Terms memory terms = _partlyFunded(ETH);
        _late(terms);
        _tips(terms, _actOf(buyer, Action.CancelFunding), 0.05 ether, 0.2 ether, 0);
        _assertState(terms, DealState.Refunded);
    }

    /// @dev The money that comes back is the buyer's: the seller has no share to tip from.
    function test_cancelFunding_BySellerWithoutTip() public {
        Terms memory terms = _partlyFunded(ETH);
        _late(terms);
        _tooHigh(terms, _actOf(seller, Action.CancelFunding), 1, 0);
        _tooHigh(terms, _actOf(buyer, Action.CancelFunding), 0.25 ether + 1, 0.25 ether);
        Holdings memory before = _holdings(ETH);
        _submit(terms, _actOf(seller, Action.CancelFunding));
        _assertGains(ETH, before, 0.25 ether, 0, 0, 0);
    }

    function _tips(Terms memory terms, Act memory what, uint256 tip, uint256 toBuyer, uint256 toSeller) private {
        what.tip = tip;
        (uint256 buyers, uint256 sellers) = (_balance(terms.token, buyer), _balance(terms.token, seller));
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Tipped(_idOf(terms), RELAYER, tip);
        _submit(terms, what);
        vm.assertEq(_balance(terms.token, RELAYER), tip, "relayer earned");
        vm.assertEq(_balance(terms.token, buyer) - buyers, toBuyer, "buyer gained");
        vm.assertEq(_balance(terms.token, seller) - sellers, toSeller, "seller gained");
    }

    function _tooHigh(Terms memory terms, Act memory what, uint256 tip, uint256 share) private {
        what.tip = tip;
        _refusesAct(terms, what, abi.encodeWithSelector(IEscrowErrors.TipTooHigh.selector, tip, share));
    }
}
