// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {Multisig} from "../../../contracts/mocks/parties/Multisig.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_disputeAndRule is Base {
    function test_GivenFunded_WhenBuyer() public {
        _rulesAtOnce(_funded(ETH), buyer);
    }

    function test_GivenShipped_WhenSeller() public {
        _rulesAtOnce(_shipped(ETH), seller);
    }

    function test_GivenDelivered_WhenBuyerAtTheDeadline() public {
        Terms memory terms = _delivered(ETH);
        _atDeadline(terms);
        _rulesAtOnce(terms, buyer);
    }

    /// @dev 5 % of 1 ether to the arbiter; 30 % of 0.95 to the buyer; 2.5 % of 0.665 to the operator.
    function _rulesAtOnce(Terms memory terms, address by) private {
        bytes memory ruling = _ruling(ARBITER_KEY, terms, 3_000);
        Holdings memory before = _holdings(ETH);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Disputed(_idOf(terms), by, STATEMENT, uint40(block.timestamp + RULING));
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Ruled(
            _idOf(terms), 3_000, REASON, 0.285 ether, 0.648375 ether, 0.016625 ether, 0.05 ether
        );
        vm.prank(by);
        escrow.disputeAndRule(terms, STATEMENT, 3_000, REASON, ruling);
        _assertGains(ETH, before, 0.285 ether, 0.648375 ether, 0, 0);
        _collect(terms);
        _assertGains(ETH, before, 0.285 ether, 0.648375 ether, 0.05 ether, 0.016625 ether);
        _assertState(terms, DealState.Resolved);
        vm.assertEq(_deadlineOf(terms), block.timestamp, "when it ended");
    }

    /// @dev A Safe of two owners arbitrates: what they signed off chain is ruled by a party's one transaction.
    function test_WhenArbiterIsAMultisig() public {
        Multisig safe = new Multisig(arbiter, stranger);
        Terms memory terms = _terms(ETH);
        terms.arbiter = address(safe);
        _open(terms);
        bytes memory one = _ruling(ARBITER_KEY, terms, 10_000);
        bytes memory other = _ruling(STRANGER_KEY, terms, 10_000);
        _refused(terms, buyer, one, abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, address(safe)));
        bytes memory both = arbiter < stranger ? bytes.concat(one, other) : bytes.concat(other, one);
        uint256 had = buyer.balance;
        vm.prank(buyer);
        escrow.disputeAndRule(terms, STATEMENT, 10_000, REASON, both);
        vm.assertEq(buyer.balance - had, 0.95 ether, "buyer gained");
        _collect(terms);
        vm.assertEq(address(safe).balance, 0.05 ether, "arbiter gained");
    }

    function test_RevertWhen_CallerIsNoParty() public {
        Terms memory terms = _funded(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, stranger, address(0));
        _refused(terms, stranger, _ruling(ARBITER_KEY, terms, 10_000), refusal);
    }

    /// @dev The arbiter cannot open a dispute by itself.
    function test_RevertWhen_CallerIsArbiter() public {
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, arbiter, address(0));
        _refused(_funded(ETH), arbiter, "", refusal);
    }

    function test_RevertWhen_ArbiterDidNotSign() public {
        Terms memory terms = _funded(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, arbiter);
        _refused(terms, buyer, _ruling(BUYER_KEY, terms, 10_000), refusal);
        _refused(terms, buyer, _ruling(ARBITER_KEY, terms, 9_999), refusal);
        _refused(terms, buyer, "", refusal);
        _assertState(terms, DealState.Funded);
    }

    function test_RevertWhen_SellerIsLate() public {
        Terms memory terms = _funded(ETH);
        _late(terms);
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.TooLate.selector, block.timestamp, START + SHIP);
        _refused(terms, seller, _ruling(ARBITER_KEY, terms, 10_000), refusal);
    }

    function test_RevertWhen_BuyerIsLate() public {
        Terms memory terms = _delivered(ETH);
        _late(terms);
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.TooLate.selector, block.timestamp, START + INSPECTION);
        _refused(terms, buyer, _ruling(ARBITER_KEY, terms, 10_000), refusal);
    }

    function test_RevertGiven_Disputed() public {
        Terms memory terms = _disputed(ETH);
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Disputed, _underway()
        );
        _refused(terms, buyer, _ruling(ARBITER_KEY, terms, 10_000), refusal);
    }

    function test_RevertWhen_ShareIsMoreThanTheWhole() public {
        Terms memory terms = _funded(ETH);
        bytes memory ruling = _ruling(ARBITER_KEY, terms, 10_001);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.AmountOutOfRange.selector, 10_001, 10_000));
        vm.prank(buyer);
        escrow.disputeAndRule(terms, STATEMENT, 10_001, REASON, ruling);
    }

    function _refused(Terms memory terms, address by, bytes memory ruling, bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(by);
        escrow.disputeAndRule(terms, STATEMENT, 10_000, REASON, ruling);
    }

    function _ruling(uint256 key, Terms memory terms, uint16 bps) private view returns (bytes memory) {
        return _sign(key, Digests.ruling(address(escrow), _idOf(terms), bps, REASON));
    }
}
