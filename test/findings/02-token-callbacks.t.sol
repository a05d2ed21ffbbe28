// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {LateWriter} from "../../contracts/mocks/faulty/Payouts.sol";
import {ReenteringParty} from "../../contracts/mocks/parties/Receivers.sol";
import {HookedToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {RulesBuilder} from "../support/RulesBuilder.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 2: whoever is paid in a token with callbacks calls the same function again, on every path that pays.
contract Finding02_TokenCallbacks is FindingBase {
    using RulesBuilder for Rules;

    HookedToken private token;
    ReenteringParty private party;
    Terms private terms;

    function setUp() public override {
        super.setUp();
        token = new HookedToken();
        party = new ReenteringParty(stranger);
        party.act(address(token), abi.encodeCall(HookedToken.register, ()));
    }

    function test_Release() public {
        _partySells();
        _paidOnce(buyer, _release(terms), PRICE * 39 / 40);
    }

    function test_ReleasePart() public {
        _partySells();
        _paidOnce(buyer, abi.encodeCall(IEscrow.releasePart, (terms, uint128(PRICE / 4))), PRICE * 39 / 160);
    }

    function test_Refund() public {
        _partyBuys();
        _paidOnce(seller, abi.encodeCall(IEscrow.refund, (terms)), PRICE);
    }

    function test_RefundPart() public {
        _partyBuys();
        _paidOnce(seller, abi.encodeCall(IEscrow.refundPart, (terms, uint128(PRICE / 4))), PRICE / 4);
    }

    function test_Claim() public {
        _partySells();
        party.act(address(escrow), abi.encodeCall(IEscrow.ship, (terms, TRACKING)));
        vm.prank(buyer);
        escrow.deliver(terms);
        _late(terms);
        _paidOnce(stranger, abi.encodeCall(IEscrow.claim, (terms)), PRICE * 39 / 40);
    }

    function test_Reclaim() public {
        _partyBuys();
        _late(terms);
        _paidOnce(address(party), abi.encodeCall(IEscrow.reclaim, (terms)), PRICE);
    }

    function test_CancelFunding() public {
        terms = _terms(address(token));
        terms.rules = terms.rules.withFunding(FUNDING);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        _give(address(token), address(party), PRICE / 4, address(escrow));
        party.act(address(escrow), abi.encodeCall(IEscrow.openInPart, (offer, 0, signature, PRICE / 4)));
        _late(terms);
        _paidOnce(seller, abi.encodeCall(IEscrow.cancelFunding, (terms)), PRICE / 4);
    }

    function test_Rule() public {
        _disputeWith();
        _paidOnce(arbiter, abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, "")), PRICE * 19 / 20);
    }

    function test_AwardByDefault() public {
        _disputeWith();
        _late(terms);
        _paidOnce(seller, abi.encodeCall(IEscrow.awardByDefault, (terms)), PRICE / 2);
    }

    function test_Settle() public {
        _partyBuys();
        uint40 expiry = uint40(block.timestamp);
        bytes32 digest = Digests.settlement(address(escrow), _idOf(terms), uint128(PRICE / 2), uint128(PRICE), expiry);
        bytes memory signature = _sign(STRANGER_KEY, digest);
        bytes memory call = abi.encodeCall(
            IEscrow.settle, (terms, uint128(PRICE / 2), uint128(PRICE), expiry, signature, "")
        );
        _paidOnce(seller, call, PRICE / 2);
    }

    function test_CollectFees() public {
        terms = _terms(address(token));
        terms.operator = address(party);
        _openWith(terms, SELLER_KEY);
        vm.prank(buyer);
        escrow.release(terms);
        Terms[] memory deals = new Terms[](1);
        deals[0] = terms;
        _paidOnce(stranger, abi.encodeCall(IEscrow.collectFees, (deals)), PRICE / 40);
    }

    function test_FaultyEscrowPaysTwice() public {
        LateWriter faulty = new LateWriter();
        _give(address(token), buyer, 2 * PRICE, address(faulty));
        vm.startPrank(buyer);
        faulty.deposit(address(token), PRICE, address(party));
        faulty.deposit(address(token), PRICE, seller);
        vm.stopPrank();
        uint256 gained = _attack(stranger, address(faulty), abi.encodeCall(faulty.pay, (address(token), address(party))));
        vm.assertEq(gained, 2 * PRICE, "paid twice, the second time with another seller's money");
    }

    /// @dev Another deal's money lies in the escrow, so there is something to steal.
    function _paidOnce(address from, bytes memory call, uint256 amount) private {
        token.mint(address(escrow), 10 * PRICE);
        vm.assertEq(_attack(from, address(escrow), call), amount, "paid once");
        vm.assertEq(party.answer(), GUARDED, "refused by the guard");
    }

    function _attack(address from, address target, bytes memory call) private returns (uint256 gained) {
        uint256 had = token.balanceOf(address(party));
        _reenter(party, from, target, call);
        return token.balanceOf(address(party)) - had;
    }

    function _partySells() private {
        terms = _terms(address(token));
        terms.seller = address(party);
        _openWith(terms, STRANGER_KEY);
    }

    function _partyBuys() private {
        terms = _terms(address(token));
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        _give(address(token), address(party), PRICE, address(escrow));
        party.act(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature)));
    }

    function _disputeWith() private {
        _partyBuys();
        vm.prank(seller);
        escrow.dispute(terms, STATEMENT);
    }
}
