// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {StipendEscrow} from "../../contracts/mocks/faulty/Payouts.sol";
import {Puppet, RefusingParty} from "../../contracts/mocks/parties/Receivers.sol";
import {Wallet} from "../../contracts/mocks/parties/Wallet.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 13: parties that are contracts cannot sign, or cannot be paid with 2,300 gas, and their money is trapped.
contract Finding13_ContractParties is FindingBase {
    function test_EscrowPaysAWalletThatSells() public {
        Wallet wallet = new Wallet(seller);
        Terms memory terms = _terms(ETH);
        terms.seller = address(wallet);
        _openWith(terms, SELLER_KEY);
        _attack(0, buyer, address(escrow), _release(terms));
        vm.assertEq(wallet.received(), ETH_PRICE * 39 / 40, "paid");
    }

    function test_EscrowPaysAWalletThatBuys() public {
        Wallet wallet = new Wallet(buyer);
        Terms memory terms = _boughtBy(wallet);
        _attack(0, seller, address(escrow), abi.encodeCall(IEscrow.refund, (terms)));
        vm.assertEq(wallet.received(), ETH_PRICE, "paid back");
    }

    function test_EscrowTakesTheRulingOfAWalletAndPaysIt() public {
        Wallet wallet = new Wallet(arbiter);
        Terms memory terms = _terms(ETH);
        terms.arbiter = address(wallet);
        _openWith(terms, SELLER_KEY);
        bytes memory ruling = _sign(ARBITER_KEY, Digests.ruling(address(escrow), _idOf(terms), 10_000, REASON));
        vm.prank(buyer);
        escrow.disputeAndRule(terms, STATEMENT, 10_000, REASON, ruling);
        _collect(terms);
        vm.assertEq(wallet.received(), ETH_PRICE / 20, "the arbiter's fee");
    }

    /// @dev Whoever cannot be paid at all is owed, and names another address.
    function test_EscrowOwesAContractThatCannotBePaid() public {
        RefusingParty party = new RefusingParty(seller);
        Terms memory terms = _terms(ETH);
        terms.seller = address(party);
        _openWith(terms, SELLER_KEY);
        _attack(0, buyer, address(escrow), _release(terms));
        _assertState(terms, DealState.Completed);
        party.act(address(escrow), abi.encodeCall(IEscrow.withdraw, (ETH, stranger)));
        vm.assertEq(stranger.balance, ETH_PRICE * 39 / 40, "taken out elsewhere");
    }

    function test_FaultyEscrowKeepsTheMoneyOrFails() public {
        StipendEscrow faulty = new StipendEscrow();
        Wallet wallet = new Wallet(seller);
        bool done = _attack(1 ether, buyer, address(faulty), abi.encodeCall(faulty.paySilently, (payable(wallet))));
        vm.assertTrue(done, "it seems to work");
        vm.assertEq(wallet.received(), 0, "and nothing came");
        done = _attack(1 ether, buyer, address(faulty), abi.encodeCall(faulty.payLoudly, (payable(wallet))));
        vm.assertTrue(!done, "or it fails");
    }

    function _attack(uint256 value, address by, address target, bytes memory call) private returns (bool done) {
        (done,) = _tryWith(value, by, target, call);
    }

    function _boughtBy(Puppet wallet) private returns (Terms memory terms) {
        terms = _terms(ETH);
        Offer memory offer = _offerOf(terms);
        wallet.act{value: ETH_PRICE}(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer))));
    }
}
