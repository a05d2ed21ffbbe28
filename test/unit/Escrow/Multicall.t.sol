// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {Act, Action} from "../../../contracts/types/Act.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {ActBase} from "../../support/ActBase.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_multicall is ActBase {
    function test_WhenCartOverTwoSellersInEth() public {
        bytes[] memory calls = _cart();
        uint256 had = buyer.balance;
        _batch(calls, 3 ether);
        vm.assertEq(had - buyer.balance, 3 ether, "buyer paid");
        _assertState(_line(1, seller, ETH), DealState.Funded);
        _assertState(_line(2, stranger, ETH), DealState.Funded);
        _assertState(_line(3, seller, ETH), DealState.Funded);
        (, address b) = escrow.partiesOf(_line(2, stranger, ETH));
        vm.assertEq(b, buyer, "who sent the batch is the buyer");
    }

    function test_WhenCartOfCoinsAndTokens() public {
        vm.prank(buyer);
        usd.approve(address(escrow), USD_PRICE);
        bytes[] memory calls = new bytes[](3);
        calls[0] = _opening(_line(1, seller, ETH), SELLER_KEY);
        calls[1] = _opening(_line(2, stranger, address(usd)), STRANGER_KEY);
        calls[2] = _opening(_line(3, stranger, ETH), STRANGER_KEY);
        _batch(calls, 2 ether);
        vm.assertEq(address(escrow).balance, 2 ether, "coins held");
        vm.assertEq(usd.balanceOf(address(escrow)), USD_PRICE, "tokens held");
    }

    /// @dev After a batch its budget is forgotten: a single opening counts its own value again, and so does a second batch.
    function test_WhenMoreFollowsABatch() public {
        _batch(_cart(), 3 ether);
        Terms memory single = _line(4, seller, ETH);
        _open(single);
        _assertState(single, DealState.Funded);
        bytes[] memory calls = new bytes[](1);
        calls[0] = _opening(_line(5, seller, ETH), SELLER_KEY);
        _batch(calls, 1 ether);
        vm.assertEq(address(escrow).balance, 5 ether, "escrow holds");
    }

    function test_RevertWhen_ValueIsTooLittle() public {
        bytes[] memory calls = _cart();
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1 ether - 1, 1 ether));
        _batch(calls, 3 ether - 1);
        _assertState(_line(1, seller, ETH), DealState.None);
    }

    /// @dev The same value must not pay twice, which is what a naive batch of payable calls would allow.
    function test_RevertWhen_OneValueIsToPayForAll() public {
        bytes[] memory calls = _cart();
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 0, 1 ether));
        _batch(calls, 1 ether);
    }

    function test_RevertWhen_ValueIsTooMuch() public {
        bytes[] memory calls = _cart();
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 3 ether + 1, 3 ether));
        _batch(calls, 3 ether + 1);
    }

    function test_RevertWhen_NothingSpendsTheValue() public {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1, 0));
        _batch(new bytes[](0), 1);
    }

    function test_RevertWhen_BatchIsWithinABatch() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(IEscrow.multicall, (_cart()));
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.BatchWithinBatch.selector));
        _batch(calls, 3 ether);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.BatchWithinBatch.selector));
        _batch(calls, 0);
    }

    /// @dev All or none: what went before the call that fails is undone, and the reason is that call's.
    function test_RevertWhen_OneCallFails() public {
        Terms memory terms = _funded(ETH);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IEscrow.release, (terms));
        calls[1] = abi.encodeCall(IEscrow.refund, (terms));
        vm.expectRevert(
            abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Completed, _underway()
            )
        );
        _batch(calls, 0);
        _assertState(terms, DealState.Funded);
    }

    function test_RevertWhen_CoinsComeToACallThatTakesNone() public {
        Terms memory terms = _funded(ETH);
        bytes[] memory calls = new bytes[](2);
        calls[0] = _opening(_line(2, seller, ETH), SELLER_KEY);
        calls[1] = abi.encodeCall(IEscrow.release, (terms));
        vm.prank(buyer);
        (bool done, bytes memory reason) =
            address(escrow).call{value: 1 ether}(abi.encodeCall(IEscrow.multicall, (calls)));
        vm.assertTrue(!done, "refused");
        vm.assertEq(reason.length, 0, "by the compiler's check, which gives no reason");
    }

    function test_WhenInstalmentIsPaidInABatch() public {
        Terms memory terms = _partlyFunded(ETH);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IEscrow.fund, (terms, 0.75 ether));
        calls[1] = _opening(_line(2, seller, ETH), SELLER_KEY);
        _batch(calls, 1.75 ether);
        _assertState(terms, DealState.Funded);
    }

    /// @dev Each signer is asked by its own signature; who sends the batch is nobody in any of the deals.
    function test_WhenRelayerSendsSignedActs() public {
        Terms memory first = _funded(ETH);
        Terms memory second = _line(7, seller, ETH);
        _open(second);
        bytes[] memory calls = new bytes[](2);
        Act memory release = _actOf(buyer, Action.Release);
        Act memory refund = _actOf(seller, Action.Refund);
        calls[0] = abi.encodeCall(IEscrow.act, (first, release, _signed(first, release)));
        calls[1] = abi.encodeCall(IEscrow.act, (second, refund, _signed(second, refund)));
        Holdings memory before = _holdings(ETH);
        vm.prank(RELAYER);
        escrow.multicall(calls);
        _assertGains(ETH, before, 1 ether, 0.975 ether, 0, 0);
    }

    function test_WhenRelayedDisputeIsRuledAtOnce() public {
        Terms memory terms = _shipped(ETH);
        Act memory what = _actOf(buyer, Action.Dispute);
        what.hash = STATEMENT;
        bytes memory ruling = _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), 10_000, REASON));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IEscrow.act, (terms, what, _signed(terms, what)));
        calls[1] = abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, ruling));
        Holdings memory before = _holdings(ETH);
        vm.prank(RELAYER);
        escrow.multicall(calls);
        _assertGains(ETH, before, 0.95 ether, 0, 0, 0);
    }

    function _cart() private view returns (bytes[] memory calls) {
        calls = new bytes[](3);
        calls[0] = _opening(_line(1, seller, ETH), SELLER_KEY);
        calls[1] = _opening(_line(2, stranger, ETH), STRANGER_KEY);
        calls[2] = _opening(_line(3, seller, ETH), SELLER_KEY);
    }

    function _line(uint64 salt, address by, address token) private view returns (Terms memory terms) {
        terms = _terms(token);
        (terms.salt, terms.seller) = (salt, by);
    }

    function _opening(Terms memory terms, uint256 key) private view returns (bytes memory) {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _sign(key, Digests.offer(address(escrow), offer));
        return abi.encodeCall(IEscrow.open, (offer, 0, signature));
    }

    function _batch(bytes[] memory calls, uint256 value) private {
        vm.prank(buyer);
        escrow.multicall{value: value}(calls);
    }
}
